// Random messages of any type of a schema, good and bad values mixed. Entry point: RandomMessage. The same engine state
// gives the same message.
#ifndef ASSAY_TESTS_EXEC_RANDOM_MESSAGES_H_
#define ASSAY_TESTS_EXEC_RANDOM_MESSAGES_H_

#include <memory>
#include <random>

#include "google/protobuf/message.h"
#include "schema/schema.h"

namespace assay {

using RandomEngine = std::mt19937_64;

// 0 .. size - 1.
size_t Pick(RandomEngine* random, size_t size);
bool Chance(RandomEngine* random, double probability);

// Fields are left absent now and then, annotated texts are malformed now and then, lists have up to 3 elements, enums
// may have unknown numbers, times may be out of range.
std::unique_ptr<google::protobuf::Message> RandomMessage(const Schema& schema, const google::protobuf::Descriptor& type,
                                                         RandomEngine* random);

}  // namespace assay

#endif  // ASSAY_TESTS_EXEC_RANDOM_MESSAGES_H_
