#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/Result.h"
#include "base/Secret.h"
#include "gateway/source/DateShape.h"

namespace tram::gateway {

/// What every mapping file says of how a city's system is asked (docs/OPERATING.md, "Dossiers"): a file of
/// the operator's, so that a system joins without code. Places in JSON are pointers (RFC 6901).
struct SourceAccess {
    std::string name;       ///< as residents know the source
    std::string byOwner;    ///< URL asked by POST; "": it has no lists by person
    std::string ownerBody;  ///< JSON with {personal_number} or {subject} in one of its texts
    std::string listAt;     ///< in its answer
    std::vector<std::pair<std::string, base::SecretText>> headers;  ///< from headers_file
    std::filesystem::path caFile;
    std::chrono::milliseconds timeout{3000};
    std::set<int> missingStatus{404};
    std::vector<DateShape> dates;  ///< tried in this order

    std::string timeAt(const nlohmann::json& value, const std::string& pointer) const;
    std::string dayAt(const nlohmann::json& value, const std::string& pointer) const;
};

/// An answer that is none: BadResponse.
tl::unexpected<base::Problem> unusable(const char* detail);

/// What stands there; null for nothing.
const nlohmann::json& at(const nlohmann::json& value, const std::string& pointer);
/// A text, or a whole number or a truth as a text; "" for anything else.
std::string textAt(const nlohmann::json& value, const std::string& pointer);
/// A whole number of 0 to `most`, also when it is written as a text.
std::optional<int> countAt(const nlohmann::json& value, const std::string& pointer, int most = 100'000);
/// true, "true", "1", 1.
bool truthAt(const nlohmann::json& value, const std::string& pointer);

/// Reads the parts that mapping files share. BadConfig with facts key ("dossiers.members.state") and
/// expected.
class MappingReader {
  public:
    static constexpr std::size_t kMostBytes = 64 * 1024, kMostText = 512;

    explicit MappingReader(std::string section) : section_(std::move(section)) {}
    tl::unexpected<base::Problem> bad(const std::string& key, std::string expected) const;

    /// What is known of one member: what it is called, what it fills, and whether it must be there.
    struct Member {
        const char* key;
        std::string* into;
        bool must = false;
    };
    /// Pointers of one object; the first that is wrong is named.
    base::Result<void> pointers(const nlohmann::json& object, const std::string& name,
                                const std::vector<Member>& members) const;
    /// `take`: false for a value that is not known.
    base::Result<void> table(const nlohmann::json& object, const std::string& name,
                             const std::function<bool(const std::string&, const std::string&)>& take,
                             const char* expected) const;
    base::Result<void> dates(const nlohmann::json& list, SourceAccess& access) const;
    /// "Name: value" by lines, in a file that nobody else may read; "" for none.
    base::Result<void> headers(const std::filesystem::path& file, SourceAccess& access) const;
    base::Result<void> owner(const nlohmann::json& object, SourceAccess& access) const;

    using Part = std::function<base::Result<void>(const nlohmann::json&)>;
    /// One reader for each key of the file that is more than a text; `plain` are read elsewhere, `must` must
    /// be there.
    base::Result<void> parts(const nlohmann::json& document, const std::map<std::string, Part>& parts,
                             const std::vector<std::string>& plain,
                             const std::vector<std::string>& must) const;

    static bool isPointer(std::string_view text);  ///< RFC 6901 §3: "" or "/a/b", with ~ only before 0 and 1
    static bool isAddress(std::string_view url);   ///< https:, or this very machine

  private:
    std::string section_;
};

}  // namespace tram::gateway
