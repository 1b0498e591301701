#pragma once
#include <vector>

#include "outbox/OutboxStore.h"
#include "tool/Tool.h"

namespace tram::tool {

/// Kind, age, size, tries, state and reason of each; never a content or a tracking code.
void printTable(const Tool& tool, const std::vector<outbox::Item>& items, base::WallTime now);
void printItem(const Tool& tool, const outbox::Item& item, base::WallTime now);

}  // namespace tram::tool
