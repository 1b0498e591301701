#include "wire/MyServices.h"

#include <nlohmann/json.hpp>

#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::wire {

namespace {

using nlohmann::json;

constexpr std::int64_t kMostVersion = 1'000'000, kMostRevision = 1'000'000'000'000;
constexpr std::size_t kLongestId = 64, kForRevision = 16;

bool isId(std::string_view text) {
    return text.size() <= kLongestId && isToken(text);
}

json valueOf(const std::string& whole, const MyServices& mine) {
    auto value = whole.empty() ? json::object() : parseJson(whole, MyServices::kMaxBytes).value_or(json());
    if (!value.is_object()) value = json::object();
    value["version"] = mine.version;
    value["revision"] = mine.revision;
    if (!mine.readOnly()) value["services"] = mine.services;
    return value;
}

}  // namespace

std::string MyServices::toJson() const {
    return dumpJson(valueOf(whole_, *this));
}

bool MyServices::saysTheSame(const MyServices& other) const {
    auto ours = valueOf(whole_, *this), theirs = valueOf(other.whole_, other);
    ours["revision"] = theirs["revision"] = 0;
    return ours == theirs;
}

base::Result<MyServices> MyServices::parse(std::string_view text) {
    const auto parsed = parseJson(text, kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    MyServices mine;
    mine.version = members.integer("version", 1, kMostVersion);
    mine.revision = members.integer("revision", 0, kMostRevision);
    const bool known = !mine.readOnly();
    if (known || members.has("services")) {
        static const json kNone = json::array();
        const auto& list = known || (*parsed)["services"].is_array()
                               ? members.array("services", 0, known ? kMost : kMaxBytes)
                               : kNone;
        for (const auto& one : list) {
            const auto* id = one.get_ptr<const std::string*>();
            if (id && isId(*id))
                mine.services.push_back(*id);
            else if (known)
                members.refuse("services");
        }
    }
    // Written again it may be longer than it came (1e9 becomes ten digits); and its revision will grow.
    auto whole = *parsed;
    if (whole.is_object()) whole["revision"] = 0;
    mine.whole_ = dumpJson(whole);
    if (mine.whole_.size() + kForRevision > kMaxBytes) members.refuse("services");
    if (auto fine = members.finishLeniently(); !fine) return tl::unexpected(fine.error());
    return mine;
}

}  // namespace tram::wire
