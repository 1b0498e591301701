// What this kiosk's ward is told: its campaigns, and what was done at its stations.
#include "link/Answers.h"
#include "link/GatewayClient.h"
#include "wire/Members.h"

namespace tram::link {

using base::ProblemKind;
using base::Result;

namespace {

constexpr base::Millis kWardPatience{20'000};

template <class Message>
Result<Message> wardAnswer(const Result<net::HttpResponse>& response) {
    if (!response) return tl::unexpected(response.error());
    if (auto fine = expectJson(*response); !fine) return tl::unexpected(fine.error());
    auto message = Message::parse(response->body);
    if (!message) return tl::unexpected(badShape(message.error()));
    return message;
}

}  // namespace

Result<wire::Campaigns> GatewayClient::campaigns() {
    auto ask = request("GET", "/v1/campaigns");
    ask.timeout = kWardPatience;
    ask.maxResponseBytes = wire::Campaigns::kMaxBytes;
    return wardAnswer<wire::Campaigns>(authorized(std::move(ask)));
}

Result<wire::WardReport> GatewayClient::wardReport(wire::WardReport::By by, const std::string& from,
                                                   const std::string& to) {
    if (!wire::isDate(from) || !wire::isDate(to)) return base::fail(ProblemKind::OutOfRange);
    auto ask =
        request("GET", "/v1/reports/ward?by=" + std::string(wire::name(by)) + "&from=" + from + "&to=" + to);
    ask.timeout = kWardPatience;
    ask.maxResponseBytes = wire::WardReport::kMaxBytes;
    auto report = wardAnswer<wire::WardReport>(authorized(std::move(ask)));
    if (report && (report->by != by || report->from != from || report->to != to))
        return base::fail(ProblemKind::BadResponse, {{"key", "by"}});
    return report;
}

}  // namespace tram::link
