#pragma once
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "form/Form.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

/// Every form of a survey that this city has ever published, by survey and hash (two surveys may ask the very
/// same): answers come weeks later, from stations that had no line, and are read by the form they were given
/// to.
class SurveyForms {
  public:
    using Packs = std::function<std::vector<std::filesystem::path>()>;
    /// `packs`: those in force (PackShelf::packs); none where nobody publishes.
    explicit SurveyForms(SharedDatabase& reports, Packs packs = {})
        : reports_(reports), packs_(std::move(packs)) {}

    struct Known {
        std::string survey, hash;
        form::Form form;
        std::string until;                        ///< its last day, "2026-12-31"; "" when that is not known
        std::optional<base::WallTime> endedAt{};  ///< to the hour; nothing while it is in force
        /// The first moment after the last day, in Ho Chi Minh City.
        std::optional<base::WallTime> end() const;
        /// From when on nobody is to answer it: end(), or its replacement or withdrawal before.
        std::optional<base::WallTime> closed() const;
    };
    /// Takes in what was published since; cheap when nothing was. While a pack cannot be read, nothing that
    /// was in force ceases to be, and it is tried again a minute later.
    base::Result<void> follow(base::WallTime now);
    /// Looks at what is published first when it does not know it.
    base::Result<std::optional<Known>> find(const std::string& survey, const std::string& hash,
                                            base::WallTime now);
    /// The form in force, or the last that was; nothing for a survey that never was.
    base::Result<std::optional<Known>> latest(const std::string& survey, base::WallTime now);
    base::Result<std::optional<Known>> latest(const std::string& survey);  ///< as follow() last saw it
    base::Result<std::vector<Known>> all();  ///< the latest of each survey, by id

  private:
    template <class... Values>
    base::Result<std::optional<Known>> look(const char* query, const Values&... values);
    bool isFollowed(const std::vector<std::filesystem::path>& packs, base::WallTime now) const;

    SharedDatabase& reports_;
    Packs packs_;
    std::mutex mutex_;
    std::vector<std::filesystem::path> seen_;
    std::optional<base::WallTime> unread_;  ///< when one of `seen_` last could not be read
};

}  // namespace tram::gateway
