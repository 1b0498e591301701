#include "gateway/turn/HttpTurns.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/PercentEncoding.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

namespace {

std::string filled(std::string url, std::string_view place, const std::string& value) {
    replaceAll(url, place, base::percentEncoded(value));
    return url;
}

net::HttpRequest get(std::string url) {
    net::HttpRequest request;
    request.url = std::move(url);
    return request;
}

/// It is printed where operators work.
bool isReference(std::string_view text) {
    constexpr std::size_t kLongest = 128;
    return !text.empty() && text.size() <= kLongest &&
           std::ranges::all_of(text, [](unsigned char c) { return c > ' ' && c < 0x7F; });
}

/// What is about what was asked, and will be the same again; the rest (a key that is wrong, too) passes.
Result<json> readIfFine(Result<net::HttpResponse>& answer) {
    if (!answer) return tl::unexpected(answer.error());
    if (answer->status == 429) return base::fail(ProblemKind::TooManyRequests);
    constexpr int kForGood[] = {400, 404, 409, 410, 422};
    if (std::ranges::find(kForGood, answer->status) != std::end(kForGood))
        return base::fail(ProblemKind::Unprocessable);
    if (answer->status < 200 || answer->status > 299) return base::fail(ProblemKind::ServerFault);
    return parsedAnswer(base::SecretText(std::move(answer->body)));
}

}  // namespace

Result<std::optional<wire::TurnBoard>> HttpTurns::board(const std::string& office) {
    auto answer = line_.ask(get(filled(mapping_.boardUrl, "{office}", office)));
    if (answer && mapping_.missingStatus.contains(answer->status)) return std::nullopt;
    const auto read = readIfFine(answer);
    if (!read) return tl::unexpected(read.error());
    auto board = mapping_.readBoard(*read);
    if (!board) return unusable("shape");
    return board;
}

Result<wire::TurnAnswer> HttpTurns::take(const TurnAsked& asked) {
    auto body = mapping_.take.body;
    replaceAll(body, "{office}", quoted(asked.office));
    replaceAll(body, "{desk}", quoted(asked.desk));
    replaceAll(body, "{id}", asked.request.text());
    auto answer = line_.post(mapping_.take.url, std::move(body), asked.request.text());
    const auto read = readIfFine(answer);
    if (!read) return tl::unexpected(read.error());
    auto told = mapping_.readTicket(*read);
    if (!told) return unusable("shape");
    return std::move(*told);
}

Result<TurnSource::Now> HttpTurns::now(const wire::TurnTicket& ticket) {
    if (mapping_.nowUrl.empty()) return unusable("not asked");
    auto url = filled(mapping_.nowUrl, "{number}", ticket.number);
    url = filled(filled(url, "{office}", ticket.office), "{desk}", ticket.deskId);
    auto answer = line_.ask(get(filled(url, "{id}", ticket.id)));
    if (answer && mapping_.missingStatus.contains(answer->status)) return Now{.over = true};
    const auto read = readIfFine(answer);
    if (!read) return tl::unexpected(read.error());
    return mapping_.readNow(*read);
}

Result<std::string> HttpTurns::request(const base::Uuid& id, const wire::AppointmentRequest& request) {
    if (mapping_.request.url.empty()) return base::fail(ProblemKind::Unprocessable);
    auto body = mapping_.request.body;
    const std::pair<const char*, std::string> values[] = {{"{id}", id.text()},
                                                          {"{office}", request.office},
                                                          {"{desk}", request.desk},
                                                          {"{procedure}", request.procedure},
                                                          {"{procedure_name}", request.procedureName},
                                                          {"{day}", request.day},
                                                          {"{half}", mapping_.halves.at(request.half)},
                                                          {"{code}", request.trackingCode}};
    for (const auto& [place, value] : values) replaceAll(body, place, quoted(value));
    // Last: what a person typed is searched for no places.
    replaceAll(body, "{phone}", quoted(request.phone.reveal()));
    replaceAll(body, "{name}", quoted(request.name.reveal()));
    auto answer = line_.post(mapping_.request.url, std::move(body), id.text());
    const auto read = readIfFine(answer);
    if (!read) return tl::unexpected(read.error());
    auto reference = mapping_.referenceAt.empty() ? id.text() : textAt(*read, mapping_.referenceAt);
    if (!isReference(reference)) return unusable("reference");
    return reference;
}

Result<AppointmentStanding> HttpTurns::standing(const std::string& reference) {
    auto answer = line_.ask(get(filled(mapping_.standingUrl, "{reference}", reference)));
    const auto read = readIfFine(answer);
    if (!read) return tl::unexpected(read.error());
    auto standing = mapping_.readStanding(*read);
    if (!standing) return unusable("state");
    return std::move(*standing);
}

Result<void> HttpTurns::cancel(const std::string& reference) {
    if (mapping_.cancel.url.empty()) return base::fail(ProblemKind::Unprocessable);
    auto body = mapping_.cancel.body;
    replaceAll(body, "{reference}", quoted(reference));
    auto answer = line_.post(mapping_.cancel.url, std::move(body), "cancel-" + reference);
    const auto read = readIfFine(answer);
    if (!read && read.error().kind == ProblemKind::BadResponse) return {};  // done, in words of its own
    if (!read) return tl::unexpected(read.error());
    return {};
}

}  // namespace tram::gateway
