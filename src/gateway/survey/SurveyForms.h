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

/// Every form of a survey that this city has ever published, by survey and hash (two wards may ask the same):
/// answers come weeks later, from stations that had no line, and are read by the form they were given to.
class SurveyForms {
  public:
    using Packs = std::function<std::vector<std::filesystem::path>()>;
    /// `packs`: those in force (PackShelf::packs); none where nobody publishes.
    explicit SurveyForms(SharedDatabase& reports, Packs packs = {})
        : reports_(reports), packs_(std::move(packs)) {}

    struct Known {
        std::string survey, hash;
        form::Form form;
    };
    /// Takes in what was published since; cheap when nothing was.
    base::Result<void> follow(base::WallTime now);
    /// Looks at what is published first when it does not know it.
    base::Result<std::optional<Known>> find(const std::string& survey, const std::string& hash,
                                            base::WallTime now);
    /// The form in force, or the last that was; nothing for a survey that never was.
    base::Result<std::optional<Known>> latest(const std::string& survey, base::WallTime now);
    base::Result<std::vector<Known>> all();  ///< the latest of each survey, by id

  private:
    base::Result<std::optional<Known>> look(const std::string& survey, const std::string& hash);

    SharedDatabase& reports_;
    Packs packs_;
    std::mutex mutex_;
    std::vector<std::filesystem::path> seen_;
};

}  // namespace tram::gateway
