# Generated code. Two protos (the rulebook and the decisions) are compiled into
# the core; the entities only into assay::entities, while the core embeds their
# descriptors and reads them by reflection (docs/architecture.md says why).
set(proto_root ${PROJECT_SOURCE_DIR}/proto)
set(generated_root ${PROJECT_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${generated_root})

file(GLOB entity_protos CONFIGURE_DEPENDS ${proto_root}/assay/v1/*.proto)
set(core_protos ${entity_protos})
list(FILTER core_protos INCLUDE REGEX "/(rulebook|decision)\\.proto$")
list(FILTER entity_protos EXCLUDE REGEX "/(rulebook|decision)\\.proto$")

# assay_generate(<target> <proto>...): an object library of the protos' classes.
function(assay_generate target)
  set(outputs)
  foreach(proto IN LISTS ARGN)
    cmake_path(RELATIVE_PATH proto BASE_DIRECTORY ${proto_root} OUTPUT_VARIABLE name)
    string(REGEX REPLACE "\\.proto$" "" name ${name})
    list(APPEND outputs ${generated_root}/${name}.pb.cc ${generated_root}/${name}.pb.h)
  endforeach()
  add_custom_command(
    OUTPUT ${outputs}
    COMMAND protobuf::protoc -I${proto_root} --cpp_out=${generated_root} ${ARGN}
    DEPENDS ${ARGN}
    COMMENT "Generating ${target}")
  add_library(${target} OBJECT ${outputs})
  target_include_directories(${target} SYSTEM PUBLIC $<BUILD_INTERFACE:${generated_root}>)
  target_link_libraries(${target} PUBLIC protobuf::libprotobuf)
endfunction()

if(core_protos)
  assay_generate(assay_core_protos ${core_protos})
endif()
if(entity_protos)
  assay_generate(assay_entity_protos ${entity_protos})
endif()

# The entities' FileDescriptorSet, with all imports, as a byte array.
set(descriptor_set ${generated_root}/entities.binpb)
set(embedded_descriptors ${generated_root}/embedded_descriptors.cc)
if(entity_protos)
  add_custom_command(
    OUTPUT ${descriptor_set}
    COMMAND protobuf::protoc -I${proto_root} --include_imports --descriptor_set_out=${descriptor_set} ${entity_protos}
    DEPENDS ${entity_protos}
    COMMENT "Describing the entities")
else()
  file(WRITE ${descriptor_set} "")
endif()
add_custom_command(
  OUTPUT ${embedded_descriptors}
  COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/cmake/embed_bytes.py ${descriptor_set} ${embedded_descriptors}
          schema/embedded_descriptors.h EntityDescriptors
  DEPENDS ${descriptor_set} ${PROJECT_SOURCE_DIR}/cmake/embed_bytes.py
  COMMENT "Embedding the entities' descriptors")
