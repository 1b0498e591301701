#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/Problem.h"
#include "base/Result.h"
#include "catalogue/Kind.h"

namespace tram::catalogue {

/// One of the groups of services that home's *Tất cả dịch vụ* shows, and the kinds in it, in this order.
struct Group {
    std::string id;
    std::string icon;
    Bilingual name;
    Bilingual explain;  ///< one line of what is in it
    std::vector<std::string> kinds;
};

/// All kinds, from resources/catalogue: groups.json and kinds/*.json.
class Catalogue {
  public:
    /// FileMissing, FileUnreadable; Malformed with facts path and key: also for a kind in no group or in two,
    /// a file whose name is not its kind's.
    static base::Result<Catalogue> load(const std::filesystem::path& dir);
    /// What of it can be read, for whoever is to go on working: a kind that cannot be costs itself alone, and
    /// what groups.json says wrongly its groups. FileUnreadable: there is no directory of kinds.
    static base::Result<Catalogue> loadReadable(const std::filesystem::path& dir);
    /// What loadReadable left out and why, each with the fact path.
    const std::vector<base::Problem>& leftOut() const { return leftOut_; }
    void logLeftOut() const;  ///< each by the name of its file and the reason

    const std::vector<Group>& groups() const { return groups_; }
    const std::vector<Kind>& kinds() const { return kinds_; }  ///< by id
    const Kind* kind(std::string_view id) const;

  private:
    base::Result<void> readKinds(const std::filesystem::path& dir);
    void readGroups(const std::filesystem::path& file);
    void keepKindsOnce();

    std::vector<Group> groups_;
    std::vector<Kind> kinds_;
    std::vector<base::Problem> leftOut_;
};

}  // namespace tram::catalogue
