"""Every shape of formula that a workbook uses, in one book: twelve months in H to S, windows in E and F.

The addresses are the book's own; what matters is that each mechanism occurs, and that its inputs can be left blank.
"""

from books import Book, Constant

PERIODS = "HIJKLMNOPQRS"

Cells = dict[str, Constant]

START: Cells = {"C4": 45383.0, "C5": 7.0, "C6": None, "C7": "Month", "C8": "Previous", "C9": 0.05, "C10": "$"}

LISTS: Cells = {
    **{"B5": "Search", "B6": "Paid", "B7": None},
    **{"D5": "On track", "D6": "At risk", "D7": "Off track", "E5": "below", "E6": "on target", "E7": "above"},
    **{"F5": "under", "F6": "in range", "F7": "over", "H5": "No data", "H6": "No target"},
    **{"G5": "Losing", "G6": "Thin", "G7": "Healthy", "G8": "Rich", "L5": 1.0, "L6": 3.0, "L7": 6.0},
    **{"I5": "Month", "I6": "Quarter to date", "I7": "Year to date", "J5": "Previous", "J6": "Last year"},
    **{"K5": 1.0, "K6": 3.0, "K7": 12.0},
}

TIME = {
    "H5": "1",
    "I5:S5": "H5+1",
    "H4:S4": "EDATE(Start!$C$4,H$5-1)",
    "H3:S3": 'YEAR(H$4)&"-"&RIGHT("0"&MONTH(H$4),2)',
    "H100:S100": "MONTH(EDATE(H$4,1-Start!$C$5))",
    "H6:S6": "MIN(H$5,H$100)",
    "H7:S7": "MIN(H$5,MOD(H$100-1,3)+1)",
    "H42:S42": "DATE(YEAR(EDATE(H$4,1-Start!$C$5)),Start!$C$5,1)",
    "H43:S43": "MIN(H$5,ROUNDDOWN((H$4-H$42)/7,0)+1)",
    "H8:S8": "COUNT(Inputs!H10:H13,Inputs!H16:H16)",
    "H9:S9": "COUNT(Inputs!H10:H11)",
    "G9": "1+COUNTA(Lists!$B$5:$B$7)",
    "H10:S10": "IF(H9>=$G$9-1,H$5,0)",
    "H11:S11": "IF(H8>0,H$5,0)",
    "G12": "IF(MAX($H$10:$S$10)>0,MAX($H$10:$S$10),MAX($H$11:$S$11))",
    "G13": "IF(COUNTIFS($H$4:$S$4,Start!$C$6)=0,G12,MATCH(Start!$C$6,$H$4:$S$4,0))",
    "G14": "IF(COUNTIFS(Lists!$I$5:$I$7,Start!$C$7)=0,1,MATCH(Start!$C$7,Lists!$I$5:$I$7,0))",
    "H17:S17": "CHOOSE($G$14,1,H$7,H$6)",
    "G15": "IF(G13=0,0,INDEX($H17:$S17,G13))",
    "G16": "IF(Start!$C$8=Lists!$J$6,12,INDEX(Lists!$K$5:$K$7,G14))",
    "E18": "MAX(1,$G$13-$G$15+1)",
    "F18": "MAX(1,$G$13-$G$16-$G$15+1)",
    "E19": "MAX(1,$G$13)",
    "F19": "MAX(1,$G$13-$G$16)",
    "E20": 'IF($G$13=0,"",$G$15)',
    "F20": 'IF(OR($G$13=0,$G$13-$G$16-$G$15<0),"",$G$15)',
    "E21:F21": "INDEX($H$4:$S$4,E$18)",
    "H103:S103": 'IF(AND(H$5<=MAX($H11:$S11),H9<$G9-1),H$5,"")',
    "G103": "IF(COUNT($H103:$S103)>0,MIN($H103:$S103),MIN(12,1+MAX($H$11:$S$11)))",
}

_READ = "INDEX(Inputs!H$7:H$20,$G{row})"
AS_READ = {
    **{f"G{row}": f"MATCH($A{row},Inputs!$A$7:$A$20,0)" for row in range(22, 28)},
    **{f"H{row}:S{row}": f'IF(COUNT({_READ})=0,"",{_READ})'.replace("{row}", str(row)) for row in (22, 23, 24)},
    "H25:S25": (
        "IF(COUNT(INDEX(Inputs!H$7:H$20,$G25))=1,INDEX(Inputs!H$7:H$20,$G25),"
        'IF(OR(COUNT(INDEX(Inputs!$H$7:$S$20,$G25,0))>0,COUNT(Inputs!H$7:H$20)=0),"",0))'
    ),
    "H26:S26": 'IF(COUNT(Inputs!H14)=1,Inputs!H14,IF(OR(H$5>$G$13,H$5=1),"",G26))',
    "H27:S27": 'IF(COUNTA(Inputs!H15)=0,"",Inputs!H15)',
    "H28:S28": 'IF(COUNT(Inputs!H16)=1,Inputs!H16,IF(H$8=0,"",0))',
    "G29": 'IF(COUNT(Inputs!G17)=0,"",Inputs!G17)',
}

TOTALS = {
    "G104": "MAX(1,COUNTA(Lists!$B$5:$B$7))",
    "H31:S31": 'IF(COUNT(H22:H23)<$G$104,"",SUM(H22:H23))',
    "H32:S32": 'IF(COUNT(H24:H25)<COUNTA($A$24:$A$25),"",SUM(H24:H25))',
    "H33:S33": ('IF(COUNTIFS($C$22:$C$25,$C33,H$22:H$25,"<1E+300")<2,"",SUMIFS(H$22:H$25,$C$22:$C$25,$C33))'),
    "H34:S34": 'IF(COUNT(H22,H$31)<2,"",IF(H$31=0,"n/a",H22/H$31))',
    "H35:S35": 'IF(COUNT(H31,H24)<2,"",IF(H24=0,"n/a",H31/H24))',
    "H36:S36": 'IF(COUNT(H31,H24,H25)<3,"",IF(OR(H24=0,H25=0),"n/a",H31/H24/H25))',
    "H37:S37": 'IF(COUNT(H31,H24,H25)<3,"",IF(OR(H24<=0,H25<=0),"n/a",H31/(H24*H25)))',
    "H38:S38": 'IF(COUNT(H22,H23,H$5)<3,"",IF(OR(H22<=0,H$5=0),"n/a",(H23/H22)^(1/H$5)-1))',
    "H39:S39": 'IF(COUNT(H22,H23,H24)<3,"",IF(H22>H23,H23,H24))',
    "H40:S40": 'IF(COUNT(H22:H24)=0,"",MAX(H22:H24))',
    "H44:S44": "IF(COUNT(H35)=0,$G$29,H35)",
}

ALONG = {
    "G50": "$G$29",
    "H50:S50": "IF(H$5=1,$G50,G51)",
    "H51:S51": 'IF(COUNT(H50,H22,H24)<3,"",H50+H22-H24)',
    "G52": "3",
    "H52:S52": 'IF(H$5<=$G52,"",INDEX($G22:G22,H$5-$G52+1))',
    "H53:S53": 'IF(COUNT($H22:H22)=H$5,SUM($H22:H22),"")',
    "G54": "3",
    "H55:S55": "MAX(1,H$5-$G54+1)",
    "H54:S54": 'IF(COUNT(INDEX($H22:H22,H$55):H22)=$G54,SUM(INDEX($H22:H22,H$55):H22),"")',
    "H57:S57": "H$5-H$6+1",
    "H56:S56": 'IF(COUNT(INDEX($H22:H22,H$57):H22)=H$6,SUM(INDEX($H22:H22,H$57):H22),"")',
    "H58:S58": 'IF(COUNT(H51,H50)<2,"",IF(H50=0,"n/a",(H51-H50)/H50))',
    "H59:S59": "IF(ISNUMBER(H51),H51,NA())",
}

_LINE = "INDEX($H22:$S22,E$18):INDEX($H22:$S22,E$19)"
WINDOWS = {
    "E22:F22": f'IF(COUNT({_LINE})=E$20,SUM({_LINE}),"")',
    "E23:F23": f'IF(COUNT({_LINE})=E$20,AVERAGE({_LINE}),"")'.replace("22", "23"),
    "E24:F24": f'IF(COUNT({_LINE})=E$20,SUM({_LINE}),"")'.replace("22", "24"),
    "E31:F31": f'IF(COUNT({_LINE})=E$20,SUM({_LINE}),"")'.replace("22", "31"),
    "E35:F35": 'IF(COUNT(E31,E24)<2,"",IF(E24=0,"n/a",E31/E24))',
    "E26:F26": 'IF(ISNUMBER(E$20),IF(E$20=1,INDEX($H26:$S26,E$19),"n/a"),"")',
    "E27:F27": 'IF(ISNUMBER(E$20),INDEX($H27:$S27,E$19),"")',
    "E50:F50": 'IF(ISNUMBER(E$20),INDEX($H50:$S50,E$18),"")',
    "E51:F51": 'IF(ISNUMBER(E$20),INDEX($H51:$S51,E$19),"")',
}

TARGETS = {
    "G70": 'IF(COUNT(Inputs!$G$18)=0,"",Inputs!$G$18/12)',
    "H70:S70": "IF(COUNT(Inputs!H19)=1,Inputs!H19,$G70)",
    "G71": 'IF(COUNT(Inputs!$G$20)=0,"",Inputs!$G$20)',
    "H71:S71": 'IF(COUNT($G$29,$G71)<2,"",$G$29+($G71-$G$29)*H$5/12)',
    "H72:S72": 'IF(COUNT(H70,H22)<2,"",IF(H22<=H70,0,1))',
    "E72": "SUM(H72:S72)",
    "E73": "COUNTA(Inputs!H10:S16)-COUNT(Inputs!H10:S16)",
    "E74": ('IF(COUNT(E35)=0,"",Start!$C$10&FIXED(E31,0)&" ÷ "&FIXED(E24,0)&" = "&Start!$C$10&FIXED(E35,2))'),
    "H75:S75": 'IF(COUNTA(Lists!$B$5)=0,"",COUNTIFS(Deals!$B$6:$B$12,1,Deals!$E$6:$E$12,H$5))',
    "H76:S76": 'SUMIFS(Deals!$C$6:$C$12,Deals!$D$6:$D$12,"<="&H$4)',
}

_RESULT = {
    "C": "Calculations!{column}{line}",
    "D": "IF(COUNTIFS($T$5:$U$5,$V$5)=0,INDEX(T{row}:U{row},1),INDEX(T{row}:U{row},MATCH($V$5,$T$5:$U$5,0)))",
    "E": 'IF(COUNT(C{row},D{row})<2,"",C{row}-D{row})',
    "F": 'IF(COUNT(C{row},D{row})<2,"",IF(D{row}=0,"n/a",(C{row}-D{row})/ABS(D{row})))',
    "G": (
        'IF(COUNT(C{row},D{row})<2,"",'
        "1+(B{row}*C{row}<B{row}*D{row})+(B{row}*C{row}<B{row}*D{row}-ABS(D{row})*Start!$C$9))"
    ),
    "H": "IF(COUNT(C{row})=0,Lists!$H$5,IF(COUNT(D{row})=0,Lists!$H$6,INDEX(Lists!$D$5:$D$7,G{row})))",
    "I": (
        'IF(COUNT(C{row},D{row})<2,"",'
        "INDEX(Lists!$E$5:$E$7,1+(B{row}*C{row}>=B{row}*D{row})+(B{row}*C{row}>B{row}*D{row})))"
    ),
    "J": (
        "IF(COUNT(C{row})=0,Lists!$H$5,INDEX(Lists!$G$5:$G$8,"
        "1+(C{row}>=Lists!$L$5)+(C{row}>=Lists!$L$6)+(C{row}>=Lists!$L$7)))"
    ),
    "M": "IF(COUNT(C{row},K{row})<2,0,MAX(0,K{row}-C{row}))",
    "N": "IF(COUNT(C{row},L{row})<2,0,MAX(0,C{row}-L{row}))",
    "O": 'IF(OR(COUNT(C{row})=0,COUNT(K{row},L{row})=0),"",N{row}-M{row})',
    "P": 'IF(COUNT(O{row})=0,"",1+(O{row}<>0)+(ABS(O{row})>ABS(C{row}-O{row})*Start!$C$9))',
    "Q": (
        'IF(OR(COUNT(C{row})=0,COUNT(K{row},L{row})=0),"",INDEX(Lists!$F$5:$F$7,'
        "1+(COUNT(K{row})*(C{row}<K{row})=0)+COUNT(L{row})*(C{row}>L{row})))"
    ),
    "R": 'IF(COUNT(G{row})=0,"",1000*G{row}+ROUND(1000*ABS(E{row})/(1+ABS(C{row})+ABS(D{row})),0))',
    "S": ('IF(COUNT(R{row})=0,"",IF(G{row}=1,"",RANK(R{row},R$6:R$9)+COUNTIFS(R$6:R{row},R{row})-1))'),
    "W": 'IF(COUNTIFS(S$6:S$9,A{row})=0,"",INDEX($X$6:$X$9,MATCH(A{row},S$6:S$9,0)))',
}
_RESULT_LINES = {6: ("E", 22), 7: ("E", 35), 8: ("E", 51), 9: ("E", 26)}
RESULTS = {
    f"{result}{row}": text.format(row=row, column=column, line=line)
    for row, (column, line) in _RESULT_LINES.items()
    for result, text in _RESULT.items()
}
RESULTS_GIVEN: Cells = {
    **{f"A{row}": float(row - 5) for row in _RESULT_LINES},
    **{"B6": 1.0, "B7": -1.0, "B8": 1.0, "B9": 1.0, "T5": "Own", "U5": "Model", "V5": "Own"},
    **{"T6": 128.0, "U6": 64.0, "T7": 2.5, "T8": 400.0, "U8": 512.0, "K9": 30.0, "L9": 50.0, "K7": 3.0},
    **{"X6": "New", "X7": "CAC", "X8": "ARR", "X9": "NPS"},
}

DEALS: Cells = {
    **{"A6": "Paid", "A7": "search", "A8": "Fax", "A9": "PAID", "C6": 10.0, "C7": 20.5, "C8": 30.0},
    **{"D6": 45390.0, "D7": 45425.0, "D8": 45440.0, "D9": 45450.0},
}
DEALS_FORMULAS = {
    **{
        f"B{row}": f"IF(ISNUMBER(MATCH(A{row},Lists!$B$5:$B$7,0)),MATCH(A{row},Lists!$B$5:$B$7,0),0)"
        for row in range(6, 13)
    },
    **{
        f"E{row}": (f'IF(COUNT(D{row})=0,"",12*(YEAR(D{row})-YEAR(Start!$C$4))+MONTH(D{row})-MONTH(Start!$C$4)+1)')
        for row in range(6, 13)
    },
    "F5": 'COUNTA($A$6:$A$12)-COUNTIFS($B$6:$B$12,"<>0")',
    "F6": "MAX($E$6:$E$12)",
}

INPUT_IDS: Cells = {"A10": "search", "A11": "paid", "A12": "new", "A13": "lost", "A14": "nps", "A15": "text"}
CALCULATION_IDS: Cells = {
    **{"A22": "search", "A23": "paid", "A24": "new", "A25": "lost", "A26": "nps", "A27": "text"},
    **{"C22": "Ads", "C23": "Ads", "C24": "Other", "C25": "Other", "C33": "Ads"},
}


def book(inputs: Cells, start: Cells | None = None) -> Book:
    """The book with these cells filled on its Inputs sheet and these settings changed."""
    return Book(
        {
            "Start": {**START, **(start or {})},
            "Lists": LISTS,
            "Inputs": {**INPUT_IDS, **inputs},
            "Deals": DEALS,
            "Calculations": CALCULATION_IDS,
            "Results": RESULTS_GIVEN,
        },
        {
            "Calculations": {**WINDOWS, **TIME, **AS_READ, **TOTALS, **ALONG, **TARGETS},
            "Results": RESULTS,
            "Deals": DEALS_FORMULAS,
        },
    )


def line(row: int, values: list[Constant]) -> Cells:
    """A line of inputs from the first period on."""
    return {f"{column}{row}": value for column, value in zip(PERIODS, values, strict=False)}
