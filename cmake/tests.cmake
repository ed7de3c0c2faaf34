# Programs that are not installed: one GoogleTest program for each folder of tests/, the C11 tests, the examples,
# the fuzzers (which only replay their corpus unless ASSAY_FUZZ), and the benchmarks.

# What they all see: the repository's data, and headers named from its root.
add_library(assay_test_support INTERFACE)
target_include_directories(assay_test_support INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(assay_test_support INTERFACE ASSAY_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
target_link_libraries(assay_test_support INTERFACE assay_warnings assay_entities)

# assay_program(<name> <library> <source>...): a program against the core (assay_core) or the C ABI (assay_shared).
# A host of the shared library must not link a second core, so a program has the one or the other.
function(assay_program name library)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE ${library} assay_test_support)
endfunction()

# Data, baselines and contenders of the benchmarks, which a test proves to agree.
file(GLOB bench_sources CONFIGURE_DEPENDS bench/*_orders.cc bench/*_checks.cc bench/*_cases.cc bench/*_rows.cc)
add_library(assay_bench_support STATIC EXCLUDE_FROM_ALL ${bench_sources})
target_link_libraries(assay_bench_support PUBLIC assay_core assay_test_support)

# A test runs from the repository's root and says by its exit code whether all is well; 77 says that it was skipped.
function(assay_test name)
  add_test(NAME ${name} COMMAND ${name} ${ARGN} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77)
endfunction()

if(ASSAY_TESTS)
  find_package(GTest REQUIRED)
  file(GLOB sources CONFIGURE_DEPENDS tests/*/*_test.cc)
  list(TRANSFORM sources REPLACE "^.*/([^/]+)/[^/]+$" "\\1" OUTPUT_VARIABLE folders)
  list(REMOVE_DUPLICATES folders)
  foreach(folder IN LISTS folders)
    file(GLOB sources CONFIGURE_DEPENDS tests/${folder}/*.cc)
    assay_program(${folder}_test $<IF:$<STREQUAL:${folder},capi>,assay_shared,assay_bench_support> ${sources})
    target_link_libraries(${folder}_test PRIVATE GTest::gtest_main)
    assay_test(${folder}_test)
  endforeach()

  file(GLOB sources CONFIGURE_DEPENDS tests/conformance/*.cc)
  assay_program(cel_conformance assay_core ${sources})
  assay_test(cel_conformance)

  file(GLOB sources CONFIGURE_DEPENDS tests/capi/*.c)
  foreach(source IN LISTS sources)
    cmake_path(GET source STEM name)
    assay_program(${name} assay_shared ${source})
    target_compile_options(${name} PRIVATE -pedantic -Werror)  # as strict as any host
    assay_test(${name})
  endforeach()

  file(GLOB sources CONFIGURE_DEPENDS examples/*.c examples/*.cc)
  foreach(source IN LISTS sources)
    cmake_path(GET source FILENAME name)
    cmake_path(GET source EXTENSION LAST_ONLY extension)
    string(REPLACE "." "_" name example_${name})
    assay_program(${name} $<IF:$<STREQUAL:${extension},.c>,assay_shared,assay_core> ${source})
    assay_test(${name})
  endforeach()

  file(GLOB sources CONFIGURE_DEPENDS fuzz/*_fuzz.cc)
  foreach(source IN LISTS sources)
    cmake_path(GET source STEM name)
    if(ASSAY_FUZZ)
      assay_program(${name} assay_core ${source})
      target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    else()
      assay_program(${name} assay_core ${source} fuzz/replay_main.cc)
      assay_test(${name} fuzz/corpus/${name})
    endif()
  endforeach()
endif()

if(ASSAY_BENCH)
  find_package(benchmark REQUIRED)
  file(GLOB sources CONFIGURE_DEPENDS bench/*_bench.cc)
  foreach(source IN LISTS sources)
    cmake_path(GET source STEM name)
    assay_program(${name} assay_bench_support ${source} ${capi_sources})  # the C ABI over the one core
    target_link_libraries(${name} PRIVATE benchmark::benchmark)
  endforeach()
endif()
