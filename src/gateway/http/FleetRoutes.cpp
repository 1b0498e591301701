#include <algorithm>
#include <nlohmann/json.hpp>

#include "gateway/http/Problems.h"
#include "gateway/http/Routes.h"
#include "wire/Json.h"

namespace tram::gateway {
namespace {

using nlohmann::json;

constexpr std::size_t kFleetBody = 4096;
constexpr std::int64_t kMost = std::int64_t{1} << 53;  // JSON numbers are exact up to here (RFC 8259 §6)

bool isVersion(const std::string& text) {
    return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, [](unsigned char c) {
        return std::isalnum(c) || c == '.' || c == '-' || c == '+' || c == '~';
    });
}

bool readCount(const json& object, const char* key, std::int64_t& into) {
    const auto value = object.find(key);
    if (value == object.end() || !value->is_number_unsigned() || value->get<std::uint64_t>() > kMost)
        return false;
    into = value->get<std::int64_t>();
    return true;
}

bool readTime(const json& object, const char* key, std::optional<base::WallTime>& into) {
    base::WallTime time;
    const auto& value = object.at(key);
    if (!value.is_string() || !base::fromRfc3339(value.get<std::string>(), time)) return false;
    into = time;
    return true;
}

std::optional<Heartbeat> heartbeatFrom(const std::string& body) {
    const auto object = wire::parseJson(body, kFleetBody).value_or(json());
    if (!object.is_object()) return std::nullopt;
    // Agents of before say nothing of these.
    const bool tellsDamage = object.contains("damaged_stores"),
               tellsContent = object.contains("content_version"),
               tellsAge = object.contains("content_signed_at");
    const auto version = object.find("version");
    if (object.size() != 4u + tellsDamage + tellsContent + tellsAge || version == object.end() ||
        !version->is_string())
        return std::nullopt;
    Heartbeat beat{version->get<std::string>()};
    if (!isVersion(beat.version) || !readCount(object, "waiting", beat.waiting) ||
        !readCount(object, "needs_attention", beat.needsAttention) ||
        !readCount(object, "free_disk_bytes", beat.freeDiskBytes) ||
        (tellsDamage && !readCount(object, "damaged_stores", beat.damagedStores)) ||
        (tellsContent && !readCount(object, "content_version", beat.contentVersion)) ||
        (tellsAge && !readTime(object, "content_signed_at", beat.contentSignedAt)))
        return std::nullopt;
    return beat;
}

/// Only words from this list are kept: a reason is never free text.
std::optional<std::string> reasonFrom(const std::string& body) {
    const auto object = wire::parseJson(body, kFleetBody).value_or(json());
    if (!object.is_object() || object.size() != 1 || object.value("reason", json()) != "help")
        return std::nullopt;
    return "help";
}

}  // namespace

FleetRoutes::FleetRoutes(Desk desk) : desk_(desk) {
    desk_.router.get("/v1/content/{role}.json", [this](Exchange& exchange) { content(exchange); });
    desk_.router.post("/v1/heartbeats", kFleetBody, [this](Exchange& exchange) { heartbeat(exchange); });
    desk_.router.post("/v1/calls", kFleetBody, [this](Exchange& exchange) { call(exchange); });
}

void FleetRoutes::content(Exchange& exchange) {
    if (exchange.place() != "feedback-fields") return answerProblem(exchange.response, 404);
    const auto& fields = desk_.city.fields;
    exchange.response.set_header("ETag", fields.etag);
    exchange.response.set_header("Cache-Control", "public, max-age=60");
    if (exchange.header("If-None-Match") == fields.etag) {
        exchange.response.status = 304;
        return;
    }
    exchange.reply(200, fields.bytes);
}

void FleetRoutes::heartbeat(Exchange& exchange) {
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return;
    const auto beat = heartbeatFrom(exchange.body);
    if (!beat) return answerProblem(exchange.response, 422);
    if (auto kept = desk_.city.fleet.heard(kiosk->id, *beat, exchange.now); !kept)
        return answerProblem(exchange.response, kept.error());
    exchange.response.status = 204;
}

void FleetRoutes::call(Exchange& exchange) {
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return;
    const auto reason = reasonFrom(exchange.body);
    if (!reason) return answerProblem(exchange.response, 422);
    if (auto kept = desk_.city.fleet.called(kiosk->id, *reason, exchange.now); !kept)
        return answerProblem(exchange.response, kept.error());
    base::log::info("kiosk.called_officer");
    exchange.response.status = 204;
}

}  // namespace tram::gateway
