// A host in C++ that finds the installed package: it uses the entities' classes and the decision's, each linked once.
#include "assay/v1/decision.pb.h"
#include "assay/v1/order.pb.h"

int main() {
  assay::v1::Order order;
  order.set_id("SO-1");
  assay::v1::Order copy;
  const bool same = copy.ParseFromString(order.SerializeAsString()) && copy.id() == "SO-1";
  const bool known = assay::v1::Decision::descriptor()->full_name() == "assay.v1.Decision";
  return same && known ? 0 : 1;
}
