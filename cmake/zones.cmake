# Time zones: one generated source holds all of the build machine's IANA data (Debian's package tzdata), so that the
# library asks no file and no environment for them. A newer package makes it anew.
find_program(ASSAY_ZIC zic HINTS /usr/sbin REQUIRED DOC "The compiler of IANA's time-zone data")
find_file(ASSAY_TZDATA tzdata.zi HINTS /usr/share/zoneinfo REQUIRED DOC "IANA's time-zone data as one text")
set(embedded_zones ${generated_root}/embedded_zones.cc)
add_custom_command(
  OUTPUT ${embedded_zones}
  COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/cmake/embed_zones.py ${ASSAY_ZIC} ${ASSAY_TZDATA} ${embedded_zones}
  DEPENDS ${ASSAY_TZDATA} cmake/embed_zones.py cmake/embed_bytes.py
  COMMENT "Embedding the time zones")
