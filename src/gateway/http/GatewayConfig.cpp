#include "gateway/http/GatewayConfig.h"

#include <algorithm>
#include <charconv>
#include <concepts>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "base/Files.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

tl::unexpected<base::Problem> bad(std::string key, std::string expected) {
    return base::fail(ProblemKind::BadConfig, {{"key", std::move(key)}, {"expected", std::move(expected)}});
}

Result<void> readKeys(const json& object, const std::string& prefix,
                      const std::map<std::string, std::function<Result<void>(const json&)>>& readers) {
    for (const auto& [key, value] : object.items()) {
        const auto reader = readers.find(key);
        if (reader == readers.end()) return bad(prefix + key, "no such key");
        if (auto read = reader->second(value); !read)
            return bad(prefix + key, std::string(read.error().fact("expected")));
    }
    return {};
}

auto text(std::string& into) {
    return [&into](const json& value) -> Result<void> {
        if (!value.is_string()) return bad("", "text");
        into = value.get<std::string>();
        return {};
    };
}

auto path(std::filesystem::path& into) {
    return [&into](const json& value) -> Result<void> {
        if (!value.is_string()) return bad("", "path");
        into = value.get<std::string>();
        return {};
    };
}

auto positive(double& into) {
    return [&into](const json& value) -> Result<void> {
        if (!value.is_number() || value.get<double>() <= 0 || value.get<double>() > 1e15)
            return bad("", "number above 0");
        into = value.get<double>();
        return {};
    };
}

/// 1.5 is refused as well as "1": what would be cut off was meant to count.
template <std::integral Number>
auto whole(Number& into, std::uint64_t most) {
    return [&into, most](const json& value) -> Result<void> {
        if (!value.is_number_unsigned() || value.get<std::uint64_t>() == 0 ||
            value.get<std::uint64_t>() > most)
            return bad("", "whole number, 1 to " + std::to_string(most));
        into = static_cast<Number>(value.get<std::uint64_t>());
        return {};
    };
}

constexpr std::uint64_t kMostMisses = 1'000'000'000, kMostSeconds = 86'400, kMostDays = 36'500,
                        kMostHours = 24 * 366, kMostBatch = 1'000;
constexpr std::uint64_t kMostBytes = 1'000'000'000'000'000;

auto days(std::optional<std::chrono::days>& into) {
    return [&into](const json& value) -> Result<void> {
        int count = 0;
        if (auto read = whole(count, kMostDays)(value); !read) return read;
        into = std::chrono::days(count);
        return {};
    };
}

Result<void> readRetention(const json& value, Retention& retention,
                           std::optional<std::chrono::hours>& logins) {
    if (!value.is_object()) return bad("", "object");
    return readKeys(value, "",
                    {{"delivered_attachments_days", days(retention.deliveredAttachments)},
                     {"closed_reports_days", days(retention.closedReports)},
                     {"envelopes_days", days(retention.envelopes)},
                     {"survey_answers_days", days(retention.surveyAnswers)},
                     {"logins_hours", [&](const json& hours) -> Result<void> {
                          int count = 0;
                          if (auto read = whole(count, kMostHours)(hours); !read) return read;
                          logins = std::chrono::hours(count);
                          return {};
                      }}});
}

Result<void> readSurveys(const json& value, SurveyBatches::Rule& surveys) {
    if (!value.is_object()) return bad("", "object");
    return readKeys(value, "",
                    {{"batch", whole(surveys.least, kMostBatch)},
                     {"late_days", [&](const json& days) -> Result<void> {
                          int count = 0;
                          if (auto read = whole(count, kMostDays)(days); !read) return read;
                          surveys.late = std::chrono::days(count);
                          return {};
                      }}});
}

Result<void> readStaff(const json& value, std::chrono::hours& life) {
    if (!value.is_object()) return bad("", "object");
    return readKeys(value, "", {{"list_hours", [&](const json& hours) -> Result<void> {
                                     int count = 0;
                                     constexpr auto kMost = StaffPublisher::kLongestLife.count();
                                     if (auto read = whole(count, kMost)(hours); !read) return read;
                                     life = std::chrono::hours(count);
                                     return {};
                                 }}});
}

Result<void> readRatings(const json& value, Ratings::Rule& ratings) {
    if (!value.is_object()) return bad("", "object");
    return readKeys(
        value, "",
        {{"batch", whole(ratings.least, kMostBatch)}, {"publish", [&](const json& publish) -> Result<void> {
                                                           if (!publish.is_boolean())
                                                               return bad("", "true or false");
                                                           ratings.publish = publish.get<bool>();
                                                           return {};
                                                       }}});
}

Result<void> readBudgets(const json& value, GatewayConfig::Budgets& budgets) {
    if (!value.is_object()) return bad("", "object");
    return readKeys(value, "",
                    {{"misses_per_address", whole(budgets.missesPerAddress, kMostMisses)},
                     {"misses_per_prefix", whole(budgets.missesPerPrefix, kMostMisses)},
                     {"misses_per_kiosk", whole(budgets.missesPerKiosk, kMostMisses)},
                     {"enrolments_per_address", whole(budgets.enrolmentsPerAddress, kMostMisses)},
                     {"user_codes_per_address", whole(budgets.userCodesPerAddress, kMostMisses)},
                     {"user_codes_per_site", whole(budgets.userCodesPerSite, kMostMisses)},
                     {"window_s", [&](const json& seconds) -> Result<void> {
                          int count = 0;
                          if (auto read = whole(count, kMostSeconds)(seconds); !read) return read;
                          budgets.window = std::chrono::seconds(count);
                          return {};
                      }}});
}

auto texts(std::vector<std::string>& into) {
    return [&into](const json& value) -> Result<void> {
        if (!value.is_array()) return bad("", "list of texts");
        for (const auto& one : value) {
            if (!one.is_string()) return bad("", "list of texts");
            into.push_back(one.get<std::string>());
        }
        return {};
    };
}

/// https, or this very machine: "http://127.0.0.1.example" is another one.
bool isSafeAddress(std::string_view address) {
    constexpr std::string_view kHere = "http://127.0.0.1";
    if (address.starts_with("https://")) return true;
    return address.starts_with(kHere) &&
           (address.size() == kHere.size() || address[kHere.size()] == ':' || address[kHere.size()] == '/');
}

/// "" and "/" would mean everywhere.
Result<void> requireAddresses(const std::vector<std::string>& addresses) {
    for (const auto& address : addresses)
        if (!isSafeAddress(address)) return bad("", "https: (http: on 127.0.0.1 only)");
    return {};
}

Result<void> readAlertFolder(const json& value, AlertConfig& alerts) {
    if (!value.is_object()) return bad("", "object");
    return readKeys(
        value, "",
        {{"path", path(alerts.folder)}, {"approved_senders", texts(alerts.folderSource.approved)}});
}

Result<void> readFeed(const json& value, AlertConfig& alerts) {
    if (!value.is_object()) return bad("", "object");
    AlertFeed feed;
    auto read = readKeys(value, "",
                         {{"name", text(feed.name)},
                          {"url", text(feed.url)},
                          {"approved_senders", texts(feed.approved)},
                          {"also_from", texts(feed.alsoFrom)},
                          {"every_s", [&](const json& seconds) -> Result<void> {
                               int count = 0;
                               if (auto whole_ = whole(count, kMostSeconds)(seconds); !whole_) return whole_;
                               feed.every = std::chrono::seconds(count);
                               return {};
                           }}});
    if (!read) return read;
    const auto same = [&](const AlertFeed& other) { return other.name == feed.name; };
    if (feed.name.empty() || feed.name == "folder" || feed.name == "operator" ||
        std::ranges::any_of(alerts.feeds, same))
        return bad("", "a name of its own for each feed");
    auto addresses = feed.alsoFrom;
    addresses.push_back(feed.url);
    if (auto fine = requireAddresses(addresses); !fine) return fine;
    alerts.feeds.push_back(std::move(feed));
    return {};
}

Result<void> readAlerts(const json& value, AlertConfig& alerts) {
    if (!value.is_object()) return bad("", "object");
    return readKeys(value, "",
                    {{"folder", [&](const json& folder) { return readAlertFolder(folder, alerts); }},
                     {"ward_geocode", text(alerts.wardCode)},
                     {"default_hours",
                      [&](const json& hours) -> Result<void> {
                          int count = 0;
                          if (auto read = whole(count, kMostHours)(hours); !read) return read;
                          alerts.life = std::chrono::hours(count);
                          return {};
                      }},
                     {"feeds", [&](const json& feeds) -> Result<void> {
                          if (!feeds.is_array()) return bad("", "list of feeds");
                          for (const auto& feed : feeds)
                              if (auto read = readFeed(feed, alerts); !read) return read;
                          return {};
                      }}});
}

Result<void> readDossiers(const json& value, GatewayConfig::Dossiers& dossiers) {
    if (!value.is_object()) return bad("", "object");
    return readKeys(value, "",
                    {{"source", text(dossiers.source)},
                     {"holidays", path(dossiers.holidays)},
                     {"patterns", [&](const json& list) -> Result<void> {
                          dossiers.patterns.clear();
                          if (auto read = texts(dossiers.patterns)(list); !read) return read;
                          const bool fine = wire::DossierPatterns::make(dossiers.patterns).has_value();
                          return fine ? Result<void>() : bad("", "list of regular expressions");
                      }}});
}

Result<void> readTurns(const json& value, GatewayConfig::Turns& turns) {
    if (!value.is_object()) return bad("", "object");
    return readKeys(
        value, "",
        {{"source", text(turns.source)}, {"per_kiosk_hour", whole(turns.rules.perKioskHour, kMostMisses)}});
}

Result<void> readNotices(const json& value, GatewayConfig::Notices& notices) {
    if (!value.is_object()) return bad("", "object");
    const auto days = [&](const json& count) -> Result<void> {
        int many = 0;
        if (auto read = whole(many, kMostDays)(count); !read) return read;
        notices.rules.longest = std::chrono::days(many);
        notices.daysSaid = true;
        return {};
    };
    const auto every = [&](const json& count) -> Result<void> {
        int many = 0;
        if (auto read = whole(many, kMostSeconds)(count); !read) return read;
        notices.rules.every = std::chrono::seconds(many);
        return {};
    };
    return readKeys(value, "",
                    {{"notifier", text(notices.notifier)},
                     {"watch_days", days},
                     {"every_s", every},
                     {"from_hour", whole(notices.rules.fromHour, 23)},
                     {"until_hour", whole(notices.rules.untilHour, 24)}});
}

Result<void> readDocuments(const json& value, std::string& source) {
    if (!value.is_object()) return bad("", "object");
    return readKeys(value, "", {{"source", text(source)}});
}

/// Where the parser gave up; the key is not known there.
Result<json> parse(const std::string& content) try {
    return json::parse(content);
} catch (const json::parse_error& error) {
    const auto read = static_cast<std::ptrdiff_t>(std::min(error.byte, content.size()));
    const auto line = 1 + std::count(content.begin(), content.begin() + read, '\n');
    return base::fail(ProblemKind::BadConfig, {{"line", std::to_string(line)}, {"expected", "JSON"}});
} catch (const json::exception&) {
    return bad("", "JSON");  // a number beyond any
}

}  // namespace

GatewayConfig GatewayConfig::demo() {
    GatewayConfig config;
    config.connector = "demo-1022";
    config.identityProvider = "demo-vneid";
    config.dossiers.source = "demo";
    config.turns.source = "demo";
    config.turns.rules.perKioskHour = 600;
    config.notices.notifier = "demo";
    config.notices.daysSaid = true;
    config.notices.rules = {std::chrono::days(30), std::chrono::seconds(5), 0, 24};
    config.documents = "demo";
    config.loginHours = std::chrono::hours(24);
    config.operationsPage = true;
    config.surveys.least = 1;
    config.ratings.publish = true;
    config.alerts.folder = "alerts-in";
    config.alerts.folderSource.approved = {"alerts@city.example"};  // who sends demo/alerts
    config.alerts.wardCode = "TRAM-WARD";
    config.alerts.demo = true;
    config.demoStaff = true;
    config.budgets = {600, 2400, 6000, 200, 600, 2400, std::chrono::hours(1)};
    return config;
}

Result<void> GatewayConfig::read(const std::filesystem::path& file, GatewayConfig& config) {
    const auto content = base::readFile(file, 1u << 20);
    if (!content) return tl::unexpected(content.error());
    const auto document = parse(*content);
    if (!document) return tl::unexpected(document.error());
    if (!document->is_object()) return bad("", "a JSON object");
    return readKeys(
        *document, "",
        {{"data_dir", path(config.dataDir)},
         {"share_dir", path(config.shareDir)},
         {"public_url", text(config.publicUrl)},
         {"connector", text(config.connector)},
         {"directions_link", text(config.directionsLink)},
         {"identity_provider", text(config.identityProvider)},
         {"clock_speed", positive(config.clockSpeed)},
         {"kiosk_quota_bytes", whole(config.kioskQuota, kMostBytes)},
         {"retention",
          [&](const json& value) { return readRetention(value, config.retention, config.loginHours); }},
         {"surveys", [&](const json& value) { return readSurveys(value, config.surveys); }},
         {"ratings", [&](const json& value) { return readRatings(value, config.ratings); }},
         {"dossiers", [&](const json& value) { return readDossiers(value, config.dossiers); }},
         {"turns", [&](const json& value) { return readTurns(value, config.turns); }},
         {"notices", [&](const json& value) { return readNotices(value, config.notices); }},
         {"staff", [&](const json& value) { return readStaff(value, config.staffListLife); }},
         {"documents", [&](const json& value) { return readDocuments(value, config.documents); }},
         {"alerts", [&](const json& value) { return readAlerts(value, config.alerts); }},
         {"budgets", [&](const json& value) { return readBudgets(value, config.budgets); }},
         {"listen", [&](const json& value) -> Result<void> {
              return value.is_string() ? config.setListen(value.get<std::string>()) : bad("", "address:port");
          }}});
}

std::string GatewayConfig::phoneUrl() const {
    return publicUrl.ends_with('/') ? publicUrl.substr(0, publicUrl.size() - 1) : publicUrl;
}

Result<void> GatewayConfig::setListen(const std::string& listen) {
    const auto colon = listen.rfind(':');
    const auto* end = listen.data() + listen.size();
    int number = -1;
    if (colon == std::string::npos || colon == 0 ||
        std::from_chars(listen.data() + colon + 1, end, number).ptr != end || number < 0 || number > 65535)
        return bad("listen", "address:port");
    host = listen.substr(0, colon);
    port = number;
    return {};
}

Result<void> GatewayConfig::check(bool isDemo) const {
    if (dataDir.empty()) return bad("data_dir", "path");
    if (host != "127.0.0.1" && host != "::1") return bad("listen", "loopback: nginx stands in front");
    const bool safe = isSafeAddress(publicUrl);
    if (!isDemo && !safe) return bad("public_url", "https:");
    if (!wire::isDirectionsLink(directionsLink))
        return bad("directions_link", "https: with {latitude} and {longitude}");
    if (!isDemo && !(retention.deliveredAttachments && retention.closedReports && retention.envelopes))
        return bad("retention", "delivered_attachments_days, closed_reports_days and envelopes_days");
    if (!isDemo && surveys.least < 2) return bad("surveys.batch", "2 or more");
    if (!isDemo && ratings.least < 10) return bad("ratings.batch", "10 or more");
    if (identityProvider.starts_with("demo-") && identityProvider != "demo-vneid" &&
        identityProvider != "demo-vneid-app")
        return bad("identity_provider", "demo-vneid or demo-vneid-app");
    // Nobody may log in as a pretend resident where it counts.
    if (!isDemo && identityProvider.starts_with("demo-")) return bad("identity_provider", "a profile file");
    if (!isDemo && dossiers.source == "demo") return bad("dossiers.source", "a mapping file");
    if (!isDemo && turns.source == "demo") return bad("turns.source", "a mapping file");
    if (!isDemo && notices.notifier == "demo") return bad("notices.notifier", "a file");
    if (!notices.notifier.empty() && !notices.daysSaid) return bad("notices.watch_days", "days");
    if (notices.rules.fromHour >= notices.rules.untilHour)
        return bad("notices.until_hour", "later than from_hour");
    if (!isDemo && documents == "demo") return bad("documents.source", "a mapping file");
    if (!isDemo && !identityProvider.empty() && !loginHours) return bad("retention", "logins_hours");
    if (!connector.empty() && connector != "demo-1022") return bad("connector", "demo-1022");
    return {};
}

}  // namespace tram::gateway
