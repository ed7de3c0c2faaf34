# The libraries and the command: the core (assay::cpp), the shared library with
# the C ABI (assay::assay), the entities' classes (assay::entities), bin/assay.
file(GLOB core_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/*/*.cc)
list(FILTER core_sources EXCLUDE REGEX "/src/(capi|cli)/")
file(GLOB capi_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/capi/*.cc)
file(GLOB cli_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/cli/*.cc)

# Kernels are loops over columns, worth what -O2 alone leaves undone.
file(GLOB kernels CONFIGURE_DEPENDS src/exec/*.cc)
set_property(SOURCE ${kernels} PROPERTY COMPILE_OPTIONS $<$<CXX_COMPILER_ID:GNU>:-fvect-cost-model=dynamic>)
add_library(assay_core STATIC ${core_sources} ${embedded_descriptors} ${embedded_zones} $<TARGET_OBJECTS:assay_core_protos>)
add_library(assay::cpp ALIAS assay_core)
set_target_properties(assay_core PROPERTIES EXPORT_NAME cpp)
target_include_directories(assay_core PUBLIC
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_include_directories(assay_core SYSTEM PUBLIC $<BUILD_INTERFACE:${generated_root}>)
target_link_libraries(assay_core
  PUBLIC protobuf::libprotobuf absl::algorithm_container absl::btree absl::flat_hash_map absl::flat_hash_set
         absl::inlined_vector absl::int128 absl::span absl::status absl::statusor absl::str_format absl::strings
         absl::time Threads::Threads
  PRIVATE $<BUILD_INTERFACE:assay_warnings> $<BUILD_INTERFACE:PkgConfig::re2> $<INSTALL_INTERFACE:re2> yaml-cpp)
add_dependencies(assay_core assay_core_protos)

add_library(assay_entities STATIC $<TARGET_OBJECTS:assay_entity_protos>)
add_library(assay::entities ALIAS assay_entities)
set_target_properties(assay_entities PROPERTIES EXPORT_NAME entities)
target_include_directories(assay_entities SYSTEM PUBLIC
  $<BUILD_INTERFACE:${generated_root}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(assay_entities PUBLIC protobuf::libprotobuf)
add_dependencies(assay_entities assay_entity_protos)

set(version_script ${PROJECT_SOURCE_DIR}/src/capi/assay.map)
add_library(assay_shared SHARED ${capi_sources})
add_library(assay::assay ALIAS assay_shared)
set_target_properties(assay_shared PROPERTIES
  OUTPUT_NAME assay EXPORT_NAME assay SOVERSION 1 LINK_DEPENDS ${version_script})
target_include_directories(assay_shared PUBLIC
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(assay_shared PRIVATE assay_core $<BUILD_INTERFACE:assay_warnings>)
target_link_options(assay_shared PRIVATE -Wl,--version-script=${version_script})
if(NOT ASSAY_SANITIZE)  # clang leaves the sanitizer's runtime to the program
  target_link_options(assay_shared PRIVATE -Wl,--no-undefined)
endif()

add_executable(assay_command ${cli_sources})
set_target_properties(assay_command PROPERTIES OUTPUT_NAME assay)
target_link_libraries(assay_command PRIVATE assay_core assay_warnings)
