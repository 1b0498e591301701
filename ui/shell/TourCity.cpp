#include <filesystem>

#include "content/City.h"
#include "pack/PackWriter.h"
#include "ui/shell/Tour.h"

namespace tram::shell {

/// The pretend city's entries; the agent has fetched them by then.
void Tour::planCity() {
    const auto fromHome = [this](const char* name, const std::string& tile, const char* screen) {
        stop(
            name,
            [this, tile] {
                homeAgain();
                press(tile);
            },
            [this, screen] { return at(screen) && !real_.city()->empty(); });
    };
    fromHome("city-groups", "tile.all", "city_groups");
    stop("city-group", [this] { press("group.giao-thong"); }, [this] { return at("city_group"); });
    stop("city-list-stops", [this] { press("kind.bus-stop"); }, [this] { return at("city_list"); });
    fromHome("city-groups-again", "tile.all", "city_groups");
    stop("city-group-schools", [this] { press("group.giao-duc"); }, [this] { return at("city_group"); });
    stop("city-list", [this] { press("kind.school"); }, [this] { return at("city_list"); });
    stop("city-list-filtered", [this] {
        if (shows("filters")) press("filters");
        press("only.level.tieu-hoc");
    });
    stop("city-list-typed", [this] { type("search", "binh minh"); });
    stop("city-list-none", [this] { type("search", "xyzw"); });
    fromHome("city-groups-health", "tile.all", "city_groups");
    stop("city-list-health", [this] { press("group.y-te"); }, [this] { return at("city_list"); });
    stop(
        "city-entry-clinic", [this] { press("entry.clinic.tram-y-te-27154"); },
        [this] { return at("city_entry"); });
    fromHome("city-procedures", "tile.procedures", "city_list");
    stop(
        "city-entry-procedure", [this] { press("entry.procedure.khai-sinh"); },
        [this] { return at("city_entry"); });
    fromHome("city-news-group", "tile.news", "city_group");
    stop("city-news", [this] { press("kind.news"); }, [this] { return at("city_list"); });
    stop(
        "city-entry-news", [this] { press("entry.news.nop-ho-so-moi-phuong"); },
        [this] { return at("city_entry"); });
    fromHome("nearby", "tile.nearby", "nearby");
    stop("nearby-clinics", [this] { press("kind.clinic"); });
    stop("nearby-kinds", [this] { press("kinds"); });
    stop("nearby-layers", [this] {
        press("kinds");
        press("map.layers");
        press("layer.enrolment-area");
        press("layer.flood");
    });
    stop("nearby-closer", [this] { press("map.closer"); });
    planSurvey();
    planGuide();
    planCitySearch();
    planCityGaps();
}

void Tour::planCitySearch() {
    stop(
        "city-search",
        [this] {
            homeAgain();
            press("tile.search");
        },
        [this] { return at("city_search"); });
    stop("city-search-letter", [this] { type("search", "t"); });
    stop("city-search-words", [this] { type("search", "benh vien"); });
    stop("city-search-slip", [this] { type("search", "truogn tieu hoc"); });
    stop("city-search-service", [this] { type("search", "phan anh"); });
    stop("city-search-old-ward", [this] { type("search", "phuong 4 quan 3"); });
    stop("city-search-code", [this] { type("search", "H29.25-260310-0420"); });
    stop("city-search-none", [this] { type("search", "xyzwq"); });
    stop(
        "city-search-no-keyboard",
        [this] {
            type("search", "truong");
            kiosk_.leaveField();
        },
        [this] { return !shows("key.space"); });
}

/// Before anything has come; and what would mislead when it is old.
void Tour::planCityGaps() {
    const auto knowing = [this](const std::vector<std::filesystem::path>& packs) {
        homeAgain();
        auto services = real_;
        services.city = [city = std::make_shared<const content::City>(
                             content::City::open(real_.city()->catalogue(), packs))] { return city; };
        kiosk_.useServices(services);
        press("tile.all");
    };
    stop(
        "city-nothing",
        [this, knowing] {
            knowing({});
            press("group.y-te");
        },
        [this] { return at("city_list_nothing"); });
    stop(
        "city-too-old",
        [this, knowing] {
            const auto file = dir_ / "old.pack";
            const pack::PackAbout about{"old", "Sở Giao thông (mẫu)", "2026-01-05T08:00:00+07:00"};
            (void)pack::writePack(
                file, about, {{.kind = "traffic-notice", .id = "a", .title = "Rào chắn", .fields = "{}"}});
            knowing({file});
            std::filesystem::remove(file);
            press("group.giao-thong");
        },
        [this] { return at("city_list_too_old"); });
}

}  // namespace tram::shell
