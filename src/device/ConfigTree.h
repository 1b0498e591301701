#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/Result.h"

namespace tram::device {

/// JSON that remembers its lines, so that a mistake in a configuration can be pointed at.
struct ConfigNode {
    struct Object {};
    struct List {};
    struct Member;
    std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Object, List> value = nullptr;
    int line = 0;                   ///< of the key for members, of the value itself elsewhere; from 1
    std::vector<Member> members;    ///< of an Object
    std::vector<ConfigNode> items;  ///< of a List

    template <class T>
    const T* as() const {
        return std::get_if<T>(&value);
    }
    const ConfigNode* member(std::string_view key) const;
};

// No std::pair: a pair of an incomplete type is undefined, and clang refuses it.
struct ConfigNode::Member {
    std::string key;
    ConfigNode node;
};

/// What a key should have been: the id of its words ("expected.<id>") and the facts that fill them.
struct Expectation {
    std::string id;
    decltype(base::Problem::facts) facts{};
};

/// RFC 8259 and nothing more: no comments, no key twice, at most eight levels.
/// BadConfig as badConfig() makes it; of what is no JSON the line alone is known.
base::Result<ConfigNode> parseConfigTree(std::string_view json);

/// BadConfig with facts key, line, expected (the id) and the expectation's own.
tl::unexpected<base::Problem> badConfig(std::string key, int line, Expectation expected);

}  // namespace tram::device
