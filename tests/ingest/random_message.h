// Random messages of any type, with the texts and numbers that annotated fields and well-known types care about.
// Entry point: FillRandomly. The same generator state gives the same message.
#ifndef ASSAY_TESTS_INGEST_RANDOM_MESSAGE_H_
#define ASSAY_TESTS_INGEST_RANDOM_MESSAGE_H_

#include <cstdint>
#include <random>
#include <string>

#include "google/protobuf/message.h"
#include "schema/schema.h"

namespace assay {

using Random = std::mt19937_64;

// Uniform in [0, bound).
inline uint64_t Below(Random& random, uint64_t bound) { return random() % bound; }
inline bool OneIn(Random& random, uint64_t n) { return Below(random, n) == 0; }

// A number whose size is random too.
uint64_t AnyNumber(Random& random);

// Valid UTF-8, short, at times not ASCII.
std::string AnyText(Random& random);

// Sets some fields of the message; nests at most `depth` deep. With `only_good`, annotated fields and well-known types
// hold values they may hold.
void FillRandomly(const Schema& schema, int depth, bool only_good, Random& random, google::protobuf::Message* message);

}  // namespace assay

#endif  // ASSAY_TESTS_INGEST_RANDOM_MESSAGE_H_
