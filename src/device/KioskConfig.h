#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "paper/Typeset.h"
#include "wire/Directions.h"
#include "wire/Link.h"

namespace tram::device {

/// Where pictures and codes come from. (Outside KioskConfig: clang takes a nested type's defaults for unknown
/// until the outer one is complete, and std::optional then cannot make one.)
struct CameraConfig {
    enum class Source { Device, Video, Folder, Scene };
    Source source = Source::Device;
    std::filesystem::path path;  ///< of the device, video (.avi) or folder of pictures
    int turned = 0;              ///< 0, 90, 180, 270: clockwise, until a picture stands upright
};

/// A printer that CUPS on this machine has a queue for.
struct PrinterConfig {
    std::string queue;  ///< its name at CUPS
    paper::Stock stock = paper::Stock::Thermal80;
    std::filesystem::path server;  ///< CUPS's socket; "" = where this machine's CUPS listens
};

/// WGS 84.
struct PlaceConfig {
    double latitude = 0, longitude = 0;
};

/// A network that phones may join here: told to everybody who asks.
struct WifiConfig {
    std::string name, password;  ///< ASCII; no password: an open one
};

/// What this station adds to guides that come in packs.
struct GuidesConfig {
    wire::LinkHosts linkHosts = wire::usualLinkHosts();  ///< where a guide may lead to; others are not shown
    std::string group;  ///< khu phố, or group of agencies, that this station stands for in tallies; or ""
    struct App {
        std::string guide, android, ios;  ///< the entry's id; what the stores call its app, or ""
    };
    std::vector<App> apps;
};

/// Whose queue and calendar this station offers.
struct TurnsConfig {
    std::string office;  ///< as the gateway's source calls it, mostly the ward's code; "": none is offered
};

/// What a station begins with: residents at a kiosk, or whoever signs in at a counter's PC or a helper's own
/// laptop, which shows it in a window.
enum class StationRole { Kiosk, Counter, Helper };

/// /etc/tram/kiosk.json. Read by kiosk, agent and `tram`. docs/OPERATING.md explains every key.
struct KioskConfig {
    bool demo = false;                 ///< only then may controller and retention be absent
    std::string gatewayUrl;            ///< https://…, or http:// on loopback only
    std::filesystem::path caFile;      ///< "" = the system's
    std::filesystem::path dataDir;     ///< keys, store, attachments, cached content
    std::filesystem::path runtimeDir;  ///< agent's state file; tmpfs
    std::filesystem::path sampleDir;   ///< pictures offered as a source; "" = none
    std::string language = "vi";       ///< at the start of each session
    base::Millis idle{120000};         ///< 60–300 s
    base::Millis countdown{30000};     ///< at least 20 s
    double pxPerMm = 0;                ///< 0 = from the screen's short side, 1080 px = 400 mm
    double viewingMm = 500;
    std::string theme = "light";  ///< or "contrast"
    bool newToneStyle = false;    ///< hoà instead of hòa
    StationRole role = StationRole::Kiosk;
    struct Controller {
        std::string name, contact;  ///< who is responsible for personal data (Luật 91/2025/QH15)
    } controller;
    struct Retention {
        int deliveredDays = 30;  ///< sealed copies kept after delivery; at least 30
        /// What the city's gateway keeps, as its own configuration says; 0: not said to anybody.
        int appointmentDays = 0;  ///< after an appointment's day
        int watchDays = 0;        ///< a phone that waits for news of a dossier, at most
    } retention;
    base::Millis contentPoll{300000};  ///< how often the agent asks for the city's content: 1 s to a day
    struct Scan {
        std::vector<std::string> dossierPatterns;  ///< regular expressions; empty: identity::ScanRules' own
        std::vector<std::string> governmentHosts;  ///< whose https links may carry a dossier's code
    } scan;
    std::optional<PlaceConfig> place;  ///< of this station: the nearest come first, and how far they are
    std::filesystem::path map;         ///< MBTiles, or a sketch of `tram pack map`; "" = maps have no ground
    std::string directionsLink{wire::kDirectionsLink};
    GuidesConfig guides;
    TurnsConfig turns;
    std::optional<WifiConfig> wifi;
    struct Hotline {
        std::string number, labelVi, labelEn;
    };
    using Camera = CameraConfig;
    std::optional<Camera> camera;  ///< nothing: this station has none
    using Printer = PrinterConfig;
    std::optional<Printer> printer;  ///< nothing: this station has none, and nothing offers to print
    bool sound = true;               ///< a tone when something was read; where something can play it
    std::vector<Hotline> hotlines;   ///< instead of resources/content/hotlines.csv; empty: that file's

    /// FileMissing, FileUnreadable, or BadConfig with facts path, key ("display.px_per_mm"), line, expected
    /// ("integer_range", "known_key", "once", "json", …: device/ConfigWords.h) and what that needs (min, max,
    /// values); of several mistakes the first by line.
    static base::Result<KioskConfig> load(const std::filesystem::path& path);
    static base::Result<KioskConfig> parse(std::string_view json, const std::filesystem::path& origin);
};

}  // namespace tram::device
