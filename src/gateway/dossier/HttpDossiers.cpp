#include "gateway/dossier/HttpDossiers.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/PercentEncoding.h"
#include "wire/Scrub.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

namespace {

bool isNothing(const json& value) {
    return value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty()) ||
           (value.is_structured() && value.empty());
}

}  // namespace

HttpDossiers::HttpDossiers(DossierMapping mapping, wire::DossierPatterns patterns)
    : mapping_(std::move(mapping)), patterns_(std::move(patterns)) {}

bool HttpDossiers::saysMissing(const json& answer) const {
    return mapping_.missingAt && isNothing(at(answer, *mapping_.missingAt));
}

bool HttpDossiers::means(const json& dossier, const std::string& code) const {
    const auto theirs = patterns_.read(textAt(dossier, mapping_.code));
    return theirs.verdict == wire::DossierReading::Verdict::Complete && theirs.code == code;
}

/// Nobody is shown a dossier that they did not ask for.
const json* HttpDossiers::chosen(const json& answer, const std::string& code) const {
    const json& found = at(answer, mapping_.dossierAt);
    if (found.is_object()) return means(found, code) ? &found : nullptr;
    if (!found.is_array()) return nullptr;
    const auto one = std::ranges::find_if(found, [&](const json& each) { return means(each, code); });
    return one == found.end() ? nullptr : &*one;
}

Result<std::optional<DossierRecord>> HttpDossiers::byCode(const std::string& code) {
    net::HttpRequest request;
    request.url = mapping_.byCode;
    replaceAll(request.url, "{code}", base::percentEncoded(code));
    auto answer = line_.ask(std::move(request));
    if (!answer) return tl::unexpected(answer.error());
    if (mapping_.missingStatus.contains(answer->status)) return std::nullopt;
    if (answer->status != 200) return base::fail(ProblemKind::ServerFault);
    auto read = parsedAnswer(base::SecretText(std::move(answer->body)));
    if (!read) return tl::unexpected(read.error());
    const wire::ScrubbedJson body(std::move(*read));
    if (saysMissing(body.value)) return std::nullopt;
    const json* dossier = chosen(body.value, code);
    if (!dossier) return unusable("code");
    auto status = mapping_.read(*dossier);
    if (!status) return unusable("shape");
    return status;
}

Result<std::vector<wire::DossierStatus>> HttpDossiers::ofOwner(const DossierOwner& owner) {
    std::vector<wire::DossierStatus> all;
    const auto answer = line_.ofOwner(owner);
    if (!answer) return tl::unexpected(answer.error());
    if (!*answer) return all;
    auto read = parsedAnswer(**answer);
    if (!read) return tl::unexpected(read.error());
    const wire::ScrubbedJson body(std::move(*read));
    const json& list = at(body.value, mapping_.listAt);
    if (list.is_null()) return all;
    if (!list.is_array()) return unusable("shape");
    for (const json& each : list)
        if (auto one = mapping_.read(each)) all.push_back(std::move(*one));
    return all;
}

}  // namespace tram::gateway
