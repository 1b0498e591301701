// What stands around bodies: dates, ranges, forms, answers as a kiosk may get them, batches as a gateway may.
#include <nlohmann/json.hpp>

#include "Input.h"
#include "device/GatewayUrl.h"
#include "gateway/content/ByteRange.h"
#include "gateway/http/Bodies.h"
#include "gateway/source/Budget.h"
#include "link/Answers.h"
#include "link/Uploads.h"
#include "net/HttpDate.h"

using namespace tram;
using nlohmann::json;

namespace {

void retryAfter(Input& input) {
    const std::string date(input.line()), wait(input.rest());
    const auto parsed = net::parseRetryAfter(wait, date);
    if (parsed)
        must(parsed->count() >= 0 && *parsed <= std::chrono::hours(24),
             "nobody is silenced for more than a day");
    if (const auto at = net::parseHttpDate(date))
        must(at->time_since_epoch().count() >= 0, "a date after 1970");
}

void contentRange(std::string_view text) {
    const auto range = gateway::parseContentRange(text);
    if (range)
        must(range->first <= range->last && range->last < range->total, "a range lies within its whole");
    for (const std::uint64_t total : {std::uint64_t{1}, std::uint64_t{1000}, std::uint64_t{1} << 30}) {
        const auto part = gateway::ByteRange::read(text, total);
        if (part.kind != gateway::ByteRange::Kind::Unsatisfiable)
            must(part.first <= part.last && part.last < total, "what is sent is there");
    }
}

void form(std::string_view text) {
    const auto parsed = gateway::parseForm(text);
    if (!parsed) return;
    std::size_t size = 0;
    for (const auto& [name, value] : *parsed) size += name.size() + value.size();
    must(size <= text.size(), "decoding makes nothing longer");
}

/// The cutter looks at quotes and braces alone; where a whole parser agrees that it is JSON, both see the
/// same.
void batch(std::string_view body) {
    const auto slices = gateway::sliceActions(body, 100);
    if (!slices) return;
    must(!slices->empty() && slices->size() <= 100, "one to a hundred");
    const char* end = body.data();
    for (const auto slice : *slices) {
        must(slice.data() >= end && slice.data() + slice.size() <= body.data() + body.size(),
             "slices follow each other");
        must(slice.front() == '{' && slice.back() == '}', "a slice is an object");
        end = slice.data() + slice.size();
    }
    if (body.find('\0') != body.npos) return;  // nlohmann's end of text
    const auto whole = json::parse(body, nullptr, false);
    if (whole.is_discarded()) return;
    must(whole.at("actions").size() == slices->size(), "as many as a parser sees");
    for (std::size_t i = 0; i < slices->size(); ++i)
        must(json::parse((*slices)[i], nullptr, false) == whole["actions"][i], "and the same ones");
}

void answer(Input& input) {
    net::HttpResponse response;
    response.status = static_cast<int>(input.number(2) % 700);
    static constexpr const char* kNames[] = {"content-type", "retry-after", "date", "upload-offset",
                                             "upload-complete"};
    for (const auto* name : kNames) response.headers[name] = std::string(input.line());
    response.body = std::string(input.rest());
    const bool success = response.status >= 200 && response.status < 300;
    const auto asJson = link::expectJson(response);
    must(!asJson || (success && link::isJson(response)), "only JSON of a success passes");
    if (!success) {
        const auto problem = link::refusal(response);
        const auto wait = problem.fact("retry_after_s");
        must(wait.empty() || std::stol(std::string(wait)) <= 86400, "at most a day");
    }
    if (const auto state = link::uploadState(response))
        must(success, "an upload stands where a success says");
}

/// Read once more, by other means: http:// is for this very machine only.
void gatewayUrl(std::string_view url) {
    if (!device::acceptableGatewayUrl(url)) return;
    must(url.find_first_of(" \t\r\n@?#\\") == url.npos && !url.ends_with('/'),
         "nothing that could be read two ways");
    if (url.starts_with("https://")) return;
    must(url.starts_with("http://"), "no other scheme");
    const auto host = url.substr(7);
    must(host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]"),
         "this machine");
}

void network(const std::string& address) {
    const auto key = gateway::networkOf(address);
    must(key == address || key.ends_with("/64") || key.find('.') != key.npos,
         "an address, a network, or what it was");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(7)) {
        case 0:
            retryAfter(input);
            break;
        case 1:
            contentRange(input.rest());
            break;
        case 2:
            form(input.rest());
            break;
        case 3:
            batch(input.rest());
            break;
        case 4:
            answer(input);
            break;
        case 5:
            gatewayUrl(input.rest());
            break;
        case 6:
            network(std::string(input.rest()));
            break;
    }
    return 0;
}
