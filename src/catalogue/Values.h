#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/Kind.h"

namespace tram::catalogue {

/// A field of an entry as a pack holds it, ready to be worded. Which of the three counts follows from its
/// field's type: `lines` of a List, `number` of Number and Money, `text` of the rest.
struct FieldValue {
    const Field* field = nullptr;
    std::string text = {};
    std::vector<std::string> lines = {};
    std::int64_t number = 0;
};

/// In the order of the kind's fields; what an entry does not have, or has in another shape than the kind
/// declares, is not among them. They point into `kind`.
std::vector<FieldValue> fieldValues(const Kind& kind, std::string_view json);

/// Links that an entry has and its kind does not allow (Field::hosts): nobody is led there, and that is said.
std::vector<const Field*> refusedLinks(const Kind& kind, std::string_view json);

/// The one of that field, or null.
const FieldValue* valueOf(const std::vector<FieldValue>& values, std::string_view field);

}  // namespace tram::catalogue
