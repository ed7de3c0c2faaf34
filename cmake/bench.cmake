# Benchmarks: bench/NAME_bench.cc is a program each; other files of the folder
# (data, baselines) are shared by all of them.
find_package(benchmark REQUIRED)

file(GLOB bench_programs CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/bench/*_bench.cc)
file(GLOB bench_shared CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/bench/*.cc)
list(FILTER bench_shared EXCLUDE REGEX "_bench\\.cc$")
foreach(source IN LISTS bench_programs)
  cmake_path(GET source STEM name)
  add_executable(${name} ${source} ${bench_shared})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_definitions(${name} PRIVATE ASSAY_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE assay_core assay_warnings benchmark::benchmark)
  if(TARGET assay_entities)
    target_link_libraries(${name} PRIVATE assay_entities)
  endif()
endforeach()
