# Installation: headers, libraries, the command, protos and rules, and a CMake
# package, so that find_package(assay) gives assay::assay, assay::cpp and assay::entities.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/assay)

# The C ABI has a list of its own: its hosts need none of the libraries that the C++ targets name.
foreach(list assay:assay_shared assay:assay_command assayCpp:assay_core assayCpp:assay_entities)
  string(REPLACE ":" ";" list ${list})
  list(POP_BACK list target)
  install(TARGETS ${target} EXPORT ${list}Targets)
  list(APPEND exports ${list}Targets)
endforeach()
list(REMOVE_DUPLICATES exports)
foreach(export IN LISTS exports)
  install(EXPORT ${export} NAMESPACE assay:: DESTINATION ${package_dir})
endforeach()

install(DIRECTORY ${generated_root}/assay DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN *.pb.h)
foreach(folder include/assay proto rules)
  cmake_path(GET folder FILENAME name)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/${folder}
    DESTINATION $<IF:$<STREQUAL:${name},assay>,${CMAKE_INSTALL_INCLUDEDIR},${CMAKE_INSTALL_DATADIR}/assay>)
endforeach()
install(FILES LICENSE README.md README.zh-CN.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

configure_package_config_file(cmake/assayConfig.cmake.in ${PROJECT_BINARY_DIR}/assayConfig.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/assayConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/assayConfig.cmake ${PROJECT_BINARY_DIR}/assayConfigVersion.cmake
  DESTINATION ${package_dir})
