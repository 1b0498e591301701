#include "device/KioskConfig.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <regex>
#include <span>

#include "base/Files.h"
#include "base/VietnameseText.h"
#include "device/ConfigTree.h"
#include "device/GatewayUrl.h"

namespace tram::device {

namespace {

constexpr std::size_t kMaxBytes = 64 * 1024;

/// One key: what it must be, and where it goes. False when it is not that.
struct Rule {
    std::string_view path;  ///< of list items without their index: "hotlines[].vi"
    Expectation expected;
    std::function<bool(const ConfigNode&, KioskConfig&)> set;
};

bool integer(const ConfigNode& node, std::int64_t least, std::int64_t most, std::int64_t& out) {
    const auto* value = node.as<std::int64_t>();
    if (!value || *value < least || *value > most) return false;
    out = *value;
    return true;
}

bool seconds(const ConfigNode& node, std::int64_t least, std::int64_t most, base::Millis& out) {
    std::int64_t count = 0;
    if (!integer(node, least, most, count)) return false;
    out = std::chrono::seconds(count);
    return true;
}

bool number(const ConfigNode& node, double least, double most, double& out) {
    const auto* whole = node.as<std::int64_t>();
    const auto* real = node.as<double>();
    if (!whole && !real) return false;
    out = whole ? static_cast<double>(*whole) : *real;
    return out >= least && out <= most;
}

bool boolean(const ConfigNode& node, bool& out) {
    if (const auto* value = node.as<bool>()) return out = *value, true;
    return false;
}

/// Shown to people as it stands, so nothing invisible in it.
bool text(const ConfigNode& node, std::size_t most, std::string& out) {
    const auto* value = node.as<std::string>();
    if (!value || value->empty() || base::characters(*value) > most ||
        base::clean(*value) != base::toNfc(*value))
        return false;
    out = base::toNfc(*value);
    return true;
}

bool matching(const ConfigNode& node, const char* pattern, std::string& out) {
    const auto* value = node.as<std::string>();
    if (!value || value->size() > 200 || !std::regex_match(*value, std::regex(pattern))) return false;
    out = *value;
    return true;
}

/// ECMAScript, as identity::ScanRules compiles it.
bool pattern(const ConfigNode& node, std::vector<std::string>& out) {
    const auto* value = node.as<std::string>();
    if (!value || value->empty() || value->size() > 200) return false;
    try {
        const std::regex compiled(*value);
    } catch (const std::regex_error&) {
        return false;
    }
    out.push_back(*value);
    return true;
}

bool directions(const ConfigNode& node, std::string& out) {
    const auto* link = node.as<std::string>();
    if (!link || !wire::isDirectionsLink(*link)) return false;
    out = *link;
    return true;
}

/// As it stands in links: small letters, no port.
bool hostName(const ConfigNode& node, std::vector<std::string>& out) {
    const auto* value = node.as<std::string>();
    if (!value || !wire::isHostName(*value)) return false;
    out.push_back(*value);
    return true;
}

bool listUpTo(const ConfigNode& node, std::size_t most) {
    return node.as<ConfigNode::List>() && node.items.size() <= most;
}

bool absolutePath(const ConfigNode& node, std::filesystem::path& out) {
    const auto* value = node.as<std::string>();
    if (!value || value->find('\0') != std::string::npos || !std::filesystem::path(*value).is_absolute())
        return false;
    out = *value;
    return true;
}

bool gatewayUrl(const ConfigNode& node, std::string& out) {
    const auto* value = node.as<std::string>();
    if (!value || !acceptableGatewayUrl(*value)) return false;
    out = *value;
    return true;
}

bool days(const ConfigNode& node, int least, int most, int& out) {
    std::int64_t count = 0;
    if (!integer(node, least, most, count)) return false;
    out = static_cast<int>(count);
    return true;
}

bool cameraSource(const ConfigNode& node, KioskConfig::Camera& out) {
    using Source = KioskConfig::Camera::Source;
    static const std::map<std::string, Source> kSources = {{"device", Source::Device},
                                                           {"video", Source::Video},
                                                           {"folder", Source::Folder},
                                                           {"scene", Source::Scene}};
    const auto* value = node.as<std::string>();
    const auto found = value ? kSources.find(*value) : kSources.end();
    if (found == kSources.end()) return false;
    out.source = found->second;
    return true;
}

bool quarterTurns(const ConfigNode& node, int& out) {
    std::int64_t degrees = 0;
    if (!integer(node, 0, 270, degrees) || degrees % 90 != 0) return false;
    out = static_cast<int>(degrees);
    return true;
}

bool paperStock(const ConfigNode& node, paper::Stock& out) {
    std::string name;
    if (!matching(node, "thermal80|a4", name)) return false;
    out = name == "a4" ? paper::Stock::A4 : paper::Stock::Thermal80;
    return true;
}

bool stationRole(const ConfigNode& node, KioskConfig& out) {
    std::string name;
    if (!matching(node, "kiosk|counter|helper", name)) return false;
    out.role = name == "kiosk"     ? StationRole::Kiosk
               : name == "counter" ? StationRole::Counter
                                   : StationRole::Helper;
    return true;
}

/// As lpadmin takes names, within ASCII. "" is a station without a printer, as is leaving all of it out.
bool queueName(const ConfigNode& node, std::string& out) {
    return matching(node, "[A-Za-z0-9_.+-]{0,127}", out);
}

bool isObject(const ConfigNode& node, KioskConfig&) {
    return node.as<ConfigNode::Object>() != nullptr;
}

Expectation between(std::string kind, std::string least, std::string most) {
    return {std::move(kind), {{"min", std::move(least)}, {"max", std::move(most)}}};
}

Expectation upTo(std::string kind, std::string most) {
    return {std::move(kind), {{"max", std::move(most)}}};
}

Expectation oneOf(std::string values) {
    return {"one_of", {{"values", std::move(values)}}};
}

using Node = const ConfigNode&;
using Config = KioskConfig&;

std::span<const Rule> rules() {
    static const std::vector<Rule> kRules = {
        {"demo", {"boolean"}, [](Node n, Config c) { return boolean(n, c.demo); }},
        {"gateway_url", {"https_url"}, [](Node n, Config c) { return gatewayUrl(n, c.gatewayUrl); }},
        {"ca_file", {"absolute_path"}, [](Node n, Config c) { return absolutePath(n, c.caFile); }},
        {"data_dir", {"absolute_path"}, [](Node n, Config c) { return absolutePath(n, c.dataDir); }},
        {"runtime_dir", {"absolute_path"}, [](Node n, Config c) { return absolutePath(n, c.runtimeDir); }},
        {"sample_dir", {"absolute_path"}, [](Node n, Config c) { return absolutePath(n, c.sampleDir); }},
        {"language", oneOf("vi, en"), [](Node n, Config c) { return matching(n, "vi|en", c.language); }},
        {"idle_seconds", between("integer_range", "60", "300"),
         [](Node n, Config c) { return seconds(n, 60, 300, c.idle); }},
        {"countdown_seconds", between("integer_range", "20", "120"),
         [](Node n, Config c) { return seconds(n, 20, 120, c.countdown); }},
        {"display", {"object"}, isObject},
        {"display.px_per_mm", between("number_range", "0.5", "40"),
         [](Node n, Config c) { return number(n, 0.5, 40, c.pxPerMm); }},
        {"display.viewing_mm", between("number_range", "200", "3000"),
         [](Node n, Config c) { return number(n, 200, 3000, c.viewingMm); }},
        {"theme", oneOf("light, contrast"),
         [](Node n, Config c) { return matching(n, "light|contrast", c.theme); }},
        {"role", oneOf("kiosk, counter, helper"), stationRole},
        {"new_tone_style", {"boolean"}, [](Node n, Config c) { return boolean(n, c.newToneStyle); }},
        {"controller", {"object"}, isObject},
        {"controller.name", upTo("text", "200"),
         [](Node n, Config c) { return text(n, 200, c.controller.name); }},
        {"controller.contact", upTo("text", "300"),
         [](Node n, Config c) { return text(n, 300, c.controller.contact); }},
        {"retention", {"object"}, isObject},
        {"retention.delivered_days", between("integer_range", "30", "3650"),
         [](Node n, Config c) { return days(n, 30, 3650, c.retention.deliveredDays); }},
        {"retention.appointment_days", between("integer_range", "1", "36500"),
         [](Node n, Config c) { return days(n, 1, 36500, c.retention.appointmentDays); }},
        {"retention.watch_days", between("integer_range", "1", "36500"),
         [](Node n, Config c) { return days(n, 1, 36500, c.retention.watchDays); }},
        {"content", {"object"}, isObject},
        {"content.poll_seconds", between("integer_range", "1", "86400"),
         [](Node n, Config c) { return seconds(n, 1, 86400, c.contentPoll); }},
        {"camera", {"object"}, [](Node n, Config c) { return c.camera.emplace(), isObject(n, c); }},
        {"camera.source", oneOf("device, video, folder, scene"),
         [](Node n, Config c) { return cameraSource(n, *c.camera); }},
        {"camera.path", {"absolute_path"}, [](Node n, Config c) { return absolutePath(n, c.camera->path); }},
        {"camera.turned", oneOf("0, 90, 180, 270"),
         [](Node n, Config c) { return quarterTurns(n, c.camera->turned); }},
        {"printer", {"object"}, [](Node n, Config c) { return c.printer.emplace(), isObject(n, c); }},
        {"printer.queue", {"queue_name"}, [](Node n, Config c) { return queueName(n, c.printer->queue); }},
        {"printer.stock", oneOf("thermal80, a4"),
         [](Node n, Config c) { return paperStock(n, c.printer->stock); }},
        {"printer.server",
         {"absolute_path"},
         [](Node n, Config c) { return absolutePath(n, c.printer->server); }},
        {"sound", {"boolean"}, [](Node n, Config c) { return boolean(n, c.sound); }},
        {"scan", {"object"}, isObject},
        {"scan.dossier_patterns", upTo("list", "10"), [](Node n, Config) { return listUpTo(n, 10); }},
        {"scan.dossier_patterns[]",
         {"regular_expression"},
         [](Node n, Config c) { return pattern(n, c.scan.dossierPatterns); }},
        {"scan.government_hosts", upTo("list", "50"), [](Node n, Config) { return listUpTo(n, 50); }},
        {"scan.government_hosts[]",
         {"host_name"},
         [](Node n, Config c) { return hostName(n, c.scan.governmentHosts); }},
        {"place", {"object"}, [](Node n, Config c) { return c.place.emplace(), isObject(n, c); }},
        {"place.latitude", between("number_range", "8", "24"),  // from Cà Mau to Hà Giang
         [](Node n, Config c) { return number(n, 8, 24, c.place->latitude); }},
        {"place.longitude", between("number_range", "102", "110"),
         [](Node n, Config c) { return number(n, 102, 110, c.place->longitude); }},
        {"map", {"absolute_path"}, [](Node n, Config c) { return absolutePath(n, c.map); }},
        {"directions_link", {"directions"}, [](Node n, Config c) { return directions(n, c.directionsLink); }},
        {"guides", {"object"}, isObject},
        {"guides.group", upTo("text", "100"), [](Node n, Config c) { return text(n, 100, c.guides.group); }},
        {"guides.link_hosts", upTo("list", "50"),
         [](Node n, Config c) { return c.guides.linkHosts.clear(), listUpTo(n, 50); }},
        {"guides.link_hosts[]",
         {"host_name"},
         [](Node n, Config c) { return hostName(n, c.guides.linkHosts); }},
        {"guides.apps", upTo("list", "20"), [](Node n, Config) { return listUpTo(n, 20); }},
        {"guides.apps[]",
         {"object"},
         [](Node n, Config c) { return c.guides.apps.emplace_back(), isObject(n, c); }},
        {"guides.apps[].guide",
         {"entry_id"},
         [](Node n, Config c) { return matching(n, "[A-Za-z0-9._-]{1,64}", c.guides.apps.back().guide); }},
        {"guides.apps[].android",
         {"android_package"},
         [](Node n, Config c) {
             return matching(n, "[A-Za-z][A-Za-z0-9_]*([.][A-Za-z][A-Za-z0-9_]*)+",
                             c.guides.apps.back().android);
         }},
        {"guides.apps[].ios", between("digits", "6", "12"),
         [](Node n, Config c) { return matching(n, "[1-9][0-9]{5,11}", c.guides.apps.back().ios); }},
        {"turns", {"object"}, isObject},
        {"turns.office", upTo("text", "64"),
         [](Node n, Config c) { return matching(n, "[A-Za-z0-9._-]{1,64}", c.turns.office); }},
        {"wifi", {"object"}, [](Node n, Config c) { return c.wifi.emplace(), isObject(n, c); }},
        {"wifi.name", between("ascii", "1", "32"),
         [](Node n, Config c) { return matching(n, "[!-~]([ -~]{0,30}[!-~])?", c.wifi->name); }},
        {"wifi.password", between("ascii", "8", "63"),
         [](Node n, Config c) { return matching(n, "[ -~]{8,63}", c.wifi->password); }},
        {"hotlines", upTo("list", "20"), [](Node n, Config) { return listUpTo(n, 20); }},
        {"hotlines[]",
         {"object"},
         [](Node n, Config c) { return c.hotlines.emplace_back(), isObject(n, c); }},
        {"hotlines[].number", between("digits", "3", "12"),
         [](Node n, Config c) { return matching(n, "[0-9]{3,12}", c.hotlines.back().number); }},
        {"hotlines[].vi", upTo("text", "60"),
         [](Node n, Config c) { return text(n, 60, c.hotlines.back().labelVi); }},
        {"hotlines[].en", upTo("text", "60"),
         [](Node n, Config c) { return text(n, 60, c.hotlines.back().labelEn); }},
    };
    return kRules;
}

/// Applies the rules to every key there is and keeps the first mistake by line.
class Reader {
  public:
    explicit Reader(KioskConfig& config) : config_(config) {}

    void members(const ConfigNode& object, const std::string& rule, const std::string& shown) {
        for (const auto& [key, node] : object.members) {
            const auto at = shown.empty() ? key : shown + "." + key;
            // A key spelled like a path would reach a rule whose object or list is not there.
            if (key.find_first_of(".[]") != std::string::npos)
                mistake(at, node.line, {"known_key"});
            else
                visit(node, rule.empty() ? key : rule + "." + key, at);
        }
    }
    const std::optional<base::Problem>& problem() const { return problem_; }

  private:
    void visit(const ConfigNode& node, const std::string& path, const std::string& shown) {
        const auto rule =
            std::find_if(rules().begin(), rules().end(), [&](const Rule& r) { return r.path == path; });
        if (rule == rules().end()) return mistake(shown, node.line, {"known_key"});
        if (!rule->set(node, config_)) return mistake(shown, node.line, rule->expected);
        members(node, path, shown);
        for (std::size_t i = 0; i < node.items.size(); ++i)
            visit(node.items[i], path + "[]", shown + "[" + std::to_string(i) + "]");
    }
    void mistake(const std::string& key, int line, Expectation expected) {
        if (!problem_) problem_ = badConfig(key, line, std::move(expected)).value();
    }

    KioskConfig& config_;
    std::optional<base::Problem> problem_;
};

/// A scene is made up: at a station in service it would be a lie.
base::Result<void> requireCamera(const ConfigNode& camera, const KioskConfig& config) {
    const auto* source = camera.member("source");
    if (!source) return badConfig("camera.source", camera.line, {"present"});
    const bool scene = config.camera->source == KioskConfig::Camera::Source::Scene;
    if (scene && !config.demo)
        return badConfig("camera.source", source->line, oneOf("device, video, folder"));
    if (!scene && !camera.member("path")) return badConfig("camera.path", camera.line, {"present"});
    return {};
}

/// Keys that must be there: of the whole, and of what is there.
base::Result<void> requireAll(const ConfigNode& root, const KioskConfig& config) {
    const auto require = [&](const ConfigNode& object, std::string prefix, std::vector<std::string> keys) {
        for (const auto& key : keys)
            if (!object.member(key))
                return base::Result<void>(badConfig(prefix + key, object.line, {"present"}));
        return base::Result<void>();
    };
    auto done = require(root, "", {"gateway_url", "data_dir", "runtime_dir"});
    if (const auto* hotlines = root.member("hotlines"))
        for (std::size_t i = 0; done && i < hotlines->items.size(); ++i)
            done =
                require(hotlines->items[i], "hotlines[" + std::to_string(i) + "].", {"number", "vi", "en"});
    if (const auto* wifi = root.member("wifi"); wifi && done) done = require(*wifi, "wifi.", {"name"});
    if (const auto* guides = root.member("guides"); guides && done)
        if (const auto* apps = guides->member("apps"))
            for (std::size_t i = 0; done && i < apps->items.size(); ++i)
                done = require(apps->items[i], "guides.apps[" + std::to_string(i) + "].", {"guide"});
    if (const auto* place = root.member("place"); place && done)
        done = require(*place, "place.", {"latitude", "longitude"});
    if (const auto* camera = root.member("camera"); camera && done) done = requireCamera(*camera, config);
    if (const auto* printer = root.member("printer"); printer && done) {
        done = require(*printer, "printer.", {"queue"});
        if (done && !config.printer->queue.empty()) done = require(*printer, "printer.", {"stock"});
    }
    if (!done || config.demo) return done;
    // Without a named controller and a retention time nobody may be asked for personal data (Luật
    // 91/2025/QH15).
    return require(root, "", {"controller", "retention"})
        .and_then([&] { return require(*root.member("controller"), "controller.", {"name", "contact"}); })
        .and_then([&] { return require(*root.member("retention"), "retention.", {"delivered_days"}); });
}

base::Result<KioskConfig> read(std::string_view json) {
    if (json.size() > kMaxBytes)
        return badConfig("", 1, {"size", {{"max", std::to_string(kMaxBytes / 1024)}}});
    const auto root = parseConfigTree(json);
    if (!root) return tl::unexpected(root.error());
    if (!root->as<ConfigNode::Object>()) return badConfig("", root->line, {"object"});
    KioskConfig config;
    Reader reader(config);
    reader.members(*root, "", "");
    if (reader.problem()) return tl::unexpected(*reader.problem());
    if (const auto done = requireAll(*root, config); !done) return tl::unexpected(done.error());
    if (config.printer && config.printer->queue.empty()) config.printer.reset();
    return config;
}

}  // namespace

base::Result<KioskConfig> KioskConfig::parse(std::string_view json, const std::filesystem::path& origin) {
    auto config = read(json);
    if (!config) config.error().facts.emplace_back("path", origin.string());
    return config;
}

base::Result<KioskConfig> KioskConfig::load(const std::filesystem::path& path) {
    return base::readFile(path, kMaxBytes).and_then([&](const std::string& json) {
        return parse(json, path);
    });
}

}  // namespace tram::device
