#pragma once
#include <string>
#include <vector>

#include "pack/PackFile.h"

namespace tram::publish {

enum class Change { Added, Removed, Changed };

struct Difference {
    Change change;
    std::string kind, id;
    std::string title;  ///< as it is afterwards, if it still is
    bool operator==(const Difference&) const = default;
};

/// What a person who is to sign `after` wants to look at, by kind and id.
std::vector<Difference> differences(const pack::PackFile& before, const pack::PackFile& after);

}  // namespace tram::publish
