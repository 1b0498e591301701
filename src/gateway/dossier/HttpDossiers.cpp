#include "gateway/dossier/HttpDossiers.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/PercentEncoding.h"
#include "wire/Json.h"
#include "wire/Scrub.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

namespace {

constexpr std::size_t kMostAnswer = 1u << 20;
constexpr base::Millis kConnectTimeout{2000};

void replaceAll(std::string& text, std::string_view place, const std::string& value) {
    for (auto at = text.find(place); at != text.npos; at = text.find(place, at + value.size()))
        text.replace(at, place.size(), value);
}

/// An answer may say whose it is; the text is overwritten once it is read, and the tree by ScrubbedJson.
Result<json> parsed(net::HttpResponse& answer) {
    const base::SecretText text(std::move(answer.body));
    auto read = wire::parseJson(text.reveal(), kMostAnswer);
    if (!read) return base::fail(ProblemKind::BadResponse, {{"detail", "json"}});
    return read;
}

/// A text as it stands between the quotes of JSON.
std::string quoted(const std::string& text) {
    const auto whole = wire::dumpJson(text);
    return whole.substr(1, whole.size() - 2);
}

tl::unexpected<base::Problem> garbage(const char* detail) {
    return base::fail(ProblemKind::BadResponse, {{"detail", detail}});
}

bool isNothing(const json& value) {
    return value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty()) ||
           (value.is_structured() && value.empty());
}

}  // namespace

HttpDossiers::HttpDossiers(DossierMapping mapping, wire::DossierPatterns patterns)
    : mapping_(std::move(mapping)), patterns_(std::move(patterns)) {}

Result<net::HttpResponse> HttpDossiers::ask(net::HttpRequest request) {
    request.timeout = mapping_.timeout;
    request.connectTimeout = std::min(kConnectTimeout, base::Millis(mapping_.timeout));
    request.maxResponseBytes = kMostAnswer;
    request.headers.emplace_back("Accept", "application/json");
    for (const auto& [name, value] : mapping_.headers) request.headers.emplace_back(name, value.reveal());
    std::unique_ptr<net::HttpClient> client;
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) client = std::move(idle_.back()), idle_.pop_back();
    }
    if (!client)
        client = std::make_unique<net::HttpClient>(net::HttpClient::Options{mapping_.caFile, "tram-gateway"});
    auto answer = client->send(request);
    for (auto& [name, value] : request.headers) base::wipe(value.data(), value.size());
    base::wipe(request.body.data(), request.body.size());
    if (!answer) return answer;  // and whatever its connection has come to goes with it
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(client));
    return answer;
}

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
    auto answer = ask(std::move(request));
    if (!answer) return tl::unexpected(answer.error());
    if (mapping_.missingStatus.contains(answer->status)) return std::nullopt;
    if (answer->status != 200) return base::fail(ProblemKind::ServerFault);
    auto read = parsed(*answer);
    if (!read) return tl::unexpected(read.error());
    const wire::ScrubbedJson body(std::move(*read));
    if (saysMissing(body.value)) return std::nullopt;
    const json* dossier = chosen(body.value, code);
    if (!dossier) return garbage("code");
    auto status = mapping_.read(*dossier);
    if (!status) return garbage("shape");
    return status;
}

Result<std::vector<wire::DossierStatus>> HttpDossiers::ofOwner(const DossierOwner& owner) {
    const bool byNumber = mapping_.ownerBody.find("{personal_number}") != std::string::npos;
    std::vector<wire::DossierStatus> all;
    if (byNumber && owner.personalNumber.empty()) return all;
    net::HttpRequest request;
    request.method = "POST";
    request.url = mapping_.byOwner;
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = mapping_.ownerBody;
    replaceAll(request.body, "{personal_number}", quoted(owner.personalNumber.reveal()));
    replaceAll(request.body, "{subject}", quoted(owner.subject.reveal()));
    auto answer = ask(std::move(request));
    if (!answer) return tl::unexpected(answer.error());
    if (mapping_.missingStatus.contains(answer->status)) return all;
    if (answer->status != 200) return base::fail(ProblemKind::ServerFault);
    auto read = parsed(*answer);
    if (!read) return tl::unexpected(read.error());
    const wire::ScrubbedJson body(std::move(*read));
    const json& list = at(body.value, mapping_.listAt);
    if (list.is_null()) return all;
    if (!list.is_array()) return garbage("shape");
    for (const json& each : list)
        if (auto one = mapping_.read(each)) all.push_back(std::move(*one));
    return all;
}

}  // namespace tram::gateway
