#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "pack/Entry.h"

namespace tram::pack {

/// A field of an entry that is to have that text.
struct FieldIs {
    std::string field, value;
};

/// A page of a kind: by popularity, or the nearest first when `from` is given (those without a place last,
/// then).
struct ListQuery {
    std::string kind;
    std::string ward = {};           ///< a code; "" for all
    std::vector<FieldIs> only = {};  ///< texts that fields of an entry must have
    /// Not those whose date (ISO 8601) in that field is before that day; those without one stay.
    std::optional<FieldIs> notBefore = std::nullopt;
    /// By the date in that field, what has none last; `latest` first, else the earliest. `from` then only
    /// tells how far each is.
    struct Order {
        std::string field;
        bool latest = false;
    };
    std::optional<Order> order = std::nullopt;
    std::optional<Point> from = std::nullopt;
    std::size_t offset = 0, limit = 20;
};

}  // namespace tram::pack
