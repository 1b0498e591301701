#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"
#include "wire/Bilingual.h"
#include "wire/Rating.h"

namespace tram::rating {

/// One thing that somebody may have liked or not; what is told of it is its id.
struct Reason {
    std::string id;
    std::vector<wire::Rating::About> about;
    bool good = false, bad = false;  ///< with how many stars it is asked for: 4 and 5, 1 to 3
    wire::Bilingual text;
};

/// What is asked beside the stars: the city's to change (resources/content/rating.json).
struct Asked {
    static constexpr std::size_t kMaxBytes = 64 * 1024, kMostReasons = 60;
    static constexpr int kFirstGood = 4;

    std::vector<Reason> reasons;

    /// Those for so many stars, at most as many as a rating may carry.
    std::vector<const Reason*> of(wire::Rating::About about, int stars) const;

    static base::Result<Asked> parse(std::string_view json);
    /// dir/rating.json. FileMissing, FileUnreadable, Malformed.
    static base::Result<Asked> load(const std::filesystem::path& dir);
};

}  // namespace tram::rating
