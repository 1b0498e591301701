// The way of a big city's content: its tables read, the pack built, verified, put in place and opened, and
// what the map asks of it; each beside a yardstick on the same bytes. Then a large feed of buses. Usage:
// bench_content SHARE [entries] [stop_times], SHARE as build/release/share/tram

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <random>
#include <sstream>

#include "base/Files.h"
#include "crypto/Bytes.h"
#include "pack/PackFile.h"
#include "pack/PackWriter.h"
#include "pack/PlaceFile.h"
#include "publish/BigCity.h"
#include "publish/GtfsSource.h"
#include "publish/PackSources.h"

using namespace tram;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxPack = 1u << 30;

double milliseconds(const std::function<void()>& work) {
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
}

void tell(const char* what, double took) {
    std::printf("  %-58s %10.2f ms\n", what, took);
}

template <class T>
T sound(base::Result<T> result, const char* what) {
    if (result) return std::move(*result);
    std::printf("%s failed\n", what);
    std::exit(1);
}

/// Neighbouring quarters with bent borders.
void addAreas(std::vector<pack::Entry>& entries, int side) {
    for (int row = 0; row < side; ++row)
        for (int column = 0; column < side; ++column) {
            const double south = 10.60 + 0.35 * row / side, west = 106.52 + 0.35 * column / side;
            const double width = 0.35 / side;
            pack::Ring ring;
            for (int at = 0; at < 50; ++at) ring.push_back({south, west + width * at / 50});
            for (int at = 0; at < 50; ++at) ring.push_back({south + width * at / 50, west + width});
            for (int at = 50; at > 0; --at) ring.push_back({south + width, west + width * at / 50});
            for (int at = 50; at > 0; --at) ring.push_back({south + width * at / 50, west});
            ring.push_back(ring.front());
            pack::Entry area;
            area.kind = "enrolment-area";
            area.id = area.title = fmt::format("{}-{}", row, column);
            area.fields = "{}";
            area.area.polygons = {{{ring}}};
            entries.push_back(std::move(area));
        }
}

/// A hundred times, somewhere in the city: the median and the slowest but one.
void ask(const char* what, const std::function<std::size_t(double latitude, double longitude)>& question) {
    std::mt19937 random(3);
    std::vector<double> took;
    std::size_t found = 0;
    for (int at = 0; at < 100; ++at) {
        const double latitude = 10.65 + 0.25 * (random() % 1000) / 1000,
                     longitude = 106.57 + 0.25 * (random() % 1000) / 1000;
        took.push_back(milliseconds([&] { found += question(latitude, longitude); }));
    }
    std::ranges::sort(took);
    std::printf("  %-58s p50 %6.2f ms  p99 %6.2f ms  (%zu found on average)\n", what, took[50], took[98],
                found / 100);
}

void askTheMap(const pack::PackFile& pack) {
    const auto box = [&](double side, std::vector<std::string> kinds) {
        return [&pack, side, kinds](double latitude, double longitude) {
            return pack.within(kinds, {latitude, longitude, latitude + side, longitude + side}, 60).size();
        };
    };
    ask("areasAt: which enrolment area is this", [&](double latitude, double longitude) {
        return pack.areasAt({latitude, longitude}, "enrolment-area").size();
    });
    ask("within 1 km, one kind", box(0.01, {"pharmacy"}));
    ask("within 1 km, four kinds", box(0.01, {"pharmacy", "school", "clinic", "bus-stop"}));
    ask("within 10 km, one kind", box(0.1, {"pharmacy"}));
    ask("within 10 km, areas", box(0.1, {"enrolment-area"}));
    ask("within the whole city, one kind", box(0.7, {"agency"}));
    // The yardstick: each entry looked at.
    ask("each of a kind looked at, 1 km", [&](double latitude, double longitude) {
        std::size_t found = 0;
        const pack::Box around{latitude, longitude, latitude + 0.01, longitude + 0.01};
        for (const auto& listed : pack.list({.kind = "pharmacy", .limit = 1'000'000}))
            found += listed.entry.place && around.contains(*listed.entry.place) ? 1 : 0;
        return found;
    });
}

void copyAndSync(const fs::path& from, const fs::path& to) {
    fs::copy_file(from, to, fs::copy_options::overwrite_existing);
    const int file = ::open(to.c_str(), O_RDONLY | O_CLOEXEC);
    ::fsync(file);
    ::close(file);
}

void packs(const fs::path& dir, const fs::path& share, std::size_t size) {
    const auto catalogue = sound(catalogue::Catalogue::load(share / "catalogue"), "the catalogue");
    const auto wards = sound(content::WardDirectory::load(share / "content"), "the wards");
    const auto names = sound(publish::CityNames::load(share / "demo" / "big_city.json"), "the names");
    std::printf("%zu entries and 400 areas\n", size);
    tell("sources written (tram pack sample)", milliseconds([&] {
             if (!publish::writeBigCity(dir / "city", names, size, 1, "-", catalogue, wards)) std::exit(1);
         }));
    publish::Collected collected;
    tell("sources read and checked", milliseconds([&] {
             collected = sound(publish::collect(dir / "city", catalogue, wards, base::SystemClock().wall()),
                               "collecting");
         }));
    for (const auto& fault : collected.faults)
        std::printf("  %s:%d %s %s\n", fault.file.c_str(), fault.number, fault.column.c_str(),
                    fault.expected.c_str());
    if (!collected.faults.empty()) std::exit(1);
    addAreas(collected.entries, 20);
    const auto file = dir / "a.pack", next = dir / "b.pack.new";
    tell("pack built", milliseconds([&] {
             if (!pack::writePack(file, collected.about, std::move(collected.entries), collected.listedBy))
                 std::exit(1);
         }));
    std::printf("  the pack has %.1f MB\n", static_cast<double>(fs::file_size(file)) / 1e6);
    std::string hash;
    tell("verified: read and its SHA-256 taken", milliseconds([&] {
             hash = crypto::sha256Hex(crypto::view(sound(base::readFile(file, kMaxPack), "reading")));
         }));
    tell("yardstick: read alone", milliseconds([&] { (void)base::readFile(file, kMaxPack); }));
    std::optional<pack::PackFile> pack;
    tell("opened", milliseconds([&] { pack = sound(pack::PackFile::open(file), "opening"); }));
    tell("yardstick: plain copy and fsync", milliseconds([&] { copyAndSync(file, next); }));
    tell("swapped while it is read: fsync, rename, fsync, opened again", milliseconds([&] {
             if (!pack::placeFile(next, file)) std::exit(1);
             pack = sound(pack::PackFile::open(file), "opening");
         }));
    askTheMap(*pack);
}

/// 30,000 news: a page by date, and the same of one topic, of what is not over; beside a pack of before,
/// whose rows are all read.
void longList(const fs::path& dir) {
    std::mt19937 random(4);
    std::vector<pack::Entry> news;
    for (int at = 0; at < 30'000; ++at)
        news.push_back(
            {.kind = "news",
             .id = std::to_string(at),
             .title = fmt::format("Tin số {}", at),
             .fields = fmt::format(
                 R"({{"topic":"t{}","published":"2026-{:02}-{:02}","ends":"2027-01-{:02}","text":"{}"}})",
                 random() % 4, 1 + random() % 12, 1 + random() % 28, 1 + random() % 28,
                 std::string(800, 'x'))});
    std::printf("a list of %zu of one kind\n", news.size());
    const pack::ListedBy fields{{"news", "topic"}, {"news", "published"}, {"news", "ends"}};
    for (const auto& listedBy : {fields, pack::ListedBy()}) {
        if (!pack::writePack(dir / "news.pack", {"news", "-", "-"}, news, listedBy)) std::exit(1);
        const auto pack = sound(pack::PackFile::open(dir / "news.pack"), "opening");
        const std::string as = listedBy.empty() ? "each row read: " : "fields as words: ";
        const auto page = [&](pack::ListQuery query) {
            return [&pack, query](double, double) {
                return static_cast<std::size_t>(pack.count(query)) + 0 * pack.list(query).size();
            };
        };
        pack::ListQuery query{.kind = "news"};
        query.order = pack::ListQuery::Order{"published", true};
        ask((as + "by date").c_str(), page(query));
        query.only = {{"topic", "t1"}};
        ask((as + "by date, of a topic").c_str(), page(query));
        query.notBefore = pack::FieldIs{"ends", "2027-01-20"};
        ask((as + "by date, of a topic, not over").c_str(), page(query));
    }
}

/// 60 stops a trip, a route for each hundred trips.
std::map<std::string, std::string> bigFeed(std::size_t calls) {
    constexpr std::size_t kStops = 4000, kCalls = 60;
    std::ostringstream stops, routes, trips, times;
    stops << "stop_id,stop_name,stop_lat,stop_lon\n";
    for (std::size_t at = 0; at < kStops; ++at)
        stops << 's' << at << ",Trạm " << at << ",10." << 600000 + at * 50 << ",106." << 600000 + at * 40
              << '\n';
    routes << "route_id,route_short_name,route_long_name,route_type\n";
    trips << "route_id,service_id,trip_id,direction_id\n";
    times << "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n";
    for (std::size_t trip = 0; trip * kCalls < calls; ++trip) {
        const auto route = trip / 100;
        if (trip % 100 == 0) routes << 'r' << route << ',' << route << ",A – B,3\n";
        trips << 'r' << route << ",s,t" << trip << ',' << trip % 2 << '\n';
        for (std::size_t call = 0; call < kCalls; ++call) {
            const auto minute = 300 + trip % 100 * 10 + call * 2;
            const auto time = fmt::format("{:02}:{:02}:00", minute / 60, minute % 60);
            times << 't' << trip << ',' << time << ',' << time << ",s" << (route * 17 + call * 3) % kStops
                  << ',' << call + 1 << '\n';
        }
    }
    return {{"agency.txt", "agency_name\nX\n"},
            {"stops.txt", stops.str()},
            {"routes.txt", routes.str()},
            {"trips.txt", trips.str()},
            {"stop_times.txt", times.str()},
            {"calendar.txt",
             "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,"
             "end_date\ns,1,1,1,1,1,1,1,20260101,20271231\n"}};
}

void buses(std::size_t calls) {
    const auto files = bigFeed(calls);
    std::printf("a feed of %zu stop_times, %.1f MB\n", calls,
                static_cast<double>(files.at("stop_times.txt").size()) / 1e6);
    const publish::GtfsFiles read = [&](const std::string& name) -> base::Result<std::string> {
        const auto found = files.find(name);
        if (found == files.end()) return base::fail(base::ProblemKind::FileMissing);
        return found->second;
    };
    publish::Faults faults;
    tell("read, checked and told as stops and routes", milliseconds([&] {
             const auto tables = sound(
                 publish::readGtfs(read, "bus", "{short}", std::chrono::sys_days(), faults), "the feed");
             if (!faults.empty() || tables.stops.rows.size() != 4000) std::exit(1);
         }));
    std::size_t lines = 0;
    tell("yardstick: its line breaks counted", milliseconds([&] {
             for (const char c : files.at("stop_times.txt")) lines += c == '\n';
         }));
}

}  // namespace

int main(int count, char** given) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const auto dir = fs::temp_directory_path() / ("bench-content-" + std::to_string(getpid()));
    fs::create_directories(dir);
    const auto share = fs::canonical("/proc/self/exe").parent_path() / "../share/tram";
    packs(dir, share, count > 1 ? std::stoul(given[1]) : 100'000);
    buses(count > 2 ? std::stoul(given[2]) : 500'000);
    longList(dir);
    fs::remove_all(dir);
    return 0;
}
