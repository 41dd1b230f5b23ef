* Makes plain.sav, bytecode.sav and zlib.zsav: pspp survey.sps.
DATA LIST LIST /id (F8.0) g (F1.0) q1 q2 q3 (F1.0) d (DATE11) s (A8).
BEGIN DATA
1 1 1 0 1 "01-JAN-2020" "abc"
2 2 0 1 0 "24-DEC-1999" "näin"
3 9 0 0 1 "06-MAY-2018" ""
END DATA.
STRING longs (A600).
STRING t20 (A20).
COMPUTE longs = "x".
IF id=1 longs = CONCAT("Alku ", LPAD("ä",250,"a"), " väli ", LPAD("ö",260,"b"), " loppu").
IF id=2 longs = "lyhyt".
COMPUTE t20 = "Helsingin seutu".
IF id=3 t20 = "En halua vastata".
VARIABLE LABELS g "Sukupuoli" q1 "Suomi" q2 "Ruotsi" longs "Miten yhteistyö sujui?".
VALUE LABELS g 1 "Nainen" 2 "Mies" 9 "Ei tietoa" /t20 "Helsingin seutu" "Pääkaupunki".
MISSING VALUES g (9) t20 ("En halua vastata").
MRSETS /MDGROUP NAME=$kielet LABEL='Kielet joita puhut' VARIABLES=q1 q2 q3 VALUE=1.
FILE LABEL "koe".
SAVE OUTFILE="plain.sav" /UNCOMPRESSED.
SAVE OUTFILE="bytecode.sav" /COMPRESSED.
SAVE OUTFILE="zlib.zsav" /ZCOMPRESSED.
