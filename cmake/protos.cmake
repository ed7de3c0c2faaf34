# Generated code. Two protos (the rulebook and the decisions) are compiled into the core; the entities only into
# assay::entities, while the core embeds their descriptors and reads them by reflection.
set(proto_root ${PROJECT_SOURCE_DIR}/proto)
set(generated_root ${PROJECT_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${generated_root})

file(GLOB entity_protos CONFIGURE_DEPENDS ${proto_root}/assay/v1/*.proto)
set(core_protos ${entity_protos})
list(FILTER core_protos INCLUDE REGEX "/(rulebook|decision)\\.proto$")
list(REMOVE_ITEM entity_protos ${core_protos})

# assay_generate(<target> <proto>...): an object library of the protos' classes.
function(assay_generate target)
  set(outputs)
  foreach(proto IN LISTS ARGN)
    cmake_path(GET proto STEM name)
    list(APPEND outputs ${generated_root}/assay/v1/${name}.pb.cc ${generated_root}/assay/v1/${name}.pb.h)
  endforeach()
  add_custom_command(
    OUTPUT ${outputs}
    COMMAND protobuf::protoc -I${proto_root} --cpp_out=${generated_root} ${ARGN}
    DEPENDS ${ARGN}
    COMMENT "Generating ${target}")
  add_library(${target} OBJECT ${outputs})
  target_include_directories(${target} SYSTEM PUBLIC ${generated_root})
  target_link_libraries(${target} PUBLIC protobuf::libprotobuf)
endfunction()

assay_generate(assay_core_protos ${core_protos})
assay_generate(assay_entity_protos ${entity_protos})

# The entities' FileDescriptorSet, with all imports, as a byte array.
set(descriptor_set ${generated_root}/entities.binpb)
set(embedded_descriptors ${generated_root}/embedded_descriptors.cc)
add_custom_command(
  OUTPUT ${embedded_descriptors}
  COMMAND protobuf::protoc -I${proto_root} --include_imports --descriptor_set_out=${descriptor_set} ${entity_protos}
  COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/cmake/embed_bytes.py ${descriptor_set} ${embedded_descriptors}
          schema/embedded_descriptors.h EntityDescriptors
  DEPENDS ${entity_protos} cmake/embed_bytes.py
  COMMENT "Embedding the entities' descriptors")
