# Generated code. Four protos (the rulebook, the decisions, the evaluations, what differs) are compiled into the core; the entities only into
# assay::entities, while the core embeds their descriptors and reads them by reflection.
set(proto_root ${PROJECT_SOURCE_DIR}/proto)
set(generated_root ${PROJECT_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${generated_root})

file(GLOB entity_protos CONFIGURE_DEPENDS ${proto_root}/assay/v1/*.proto)
set(core_protos ${entity_protos})
list(FILTER core_protos INCLUDE REGEX "/(rulebook|decision|evaluation|diff)\\.proto$")
list(REMOVE_ITEM entity_protos ${core_protos})

# assay_generate(<target> <proto>...): an object library of the protos' classes.
function(assay_generate target)
  list(TRANSFORM ARGN REPLACE "^${proto_root}/(.*)proto$" "${generated_root}/\\1pb.cc" OUTPUT_VARIABLE outputs)
  list(TRANSFORM outputs REPLACE "cc$" "h" OUTPUT_VARIABLE headers)
  list(APPEND outputs ${headers})
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

# FileDescriptorSets as byte arrays: the entities' with all imports, and the rulebook's with its comments.
set(embedded_descriptors ${generated_root}/embedded_descriptors.cc)
set(sets EntityDescriptors=${generated_root}/entities.binpb RulebookDescriptors=${generated_root}/rulebook.binpb)
add_custom_command(
  OUTPUT ${embedded_descriptors}
  COMMAND protobuf::protoc -I${proto_root} --include_imports -o${generated_root}/entities.binpb ${entity_protos}
  COMMAND protobuf::protoc -I${proto_root} --include_source_info -o${generated_root}/rulebook.binpb
          assay/v1/rulebook.proto
  COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/cmake/embed_bytes.py ${embedded_descriptors}
          schema/embedded_descriptors.h ${sets}
  DEPENDS ${entity_protos} ${core_protos} cmake/embed_bytes.py
  COMMENT "Embedding the descriptors")
