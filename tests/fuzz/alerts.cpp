// Emergency alerts: what any sender writes (CAP 1.2), what a feed says where they are, and the list that
// kiosks follow.
#include <nlohmann/json.hpp>

#include "Fixed.h"
#include "Input.h"
#include "cap/Bulletin.h"
#include "cap/Shapes.h"
#include "cap/Showing.h"
#include "gateway/alerts/FeedReader.h"

using namespace tram;

namespace {

const cap::Here kHere{"27154", cap::Point{10.77, 106.68}};

void shape(std::string_view text) {
    if (const auto polygon = cap::readPolygon(text)) {
        must(polygon->size() >= 4 && polygon->front() == polygon->back(), "a polygon is closed");
        must(cap::contains(*polygon, polygon->front()), "a corner is inside");
    }
    if (const auto circle = cap::readCircle(text))
        must(cap::contains(*circle, circle->centre), "a circle has its middle");
    if (const auto time = cap::readTime(text))
        must(cap::readTime(cap::writeTime(*time)).has_value(), "a time has a text");
}

void shownAnywhere(const cap::Notice& notice) {
    for (const auto& info : notice.infos)
        for (const char* language : {"vi", "en"})
            if (const auto shown = cap::show(notice, kHere, language, *info.effective))
                must(shown->drill == notice.drill && shown->info->expires > *info.effective,
                     "what is shown is in force");
}

void message(std::string_view xml) {
    const auto alert = cap::Alert::parse(xml);
    if (!alert) return;
    must(alert->msgType == cap::MsgType::Alert || !alert->references.empty(), "it is about something");
    cap::AlertBook book({.wardCode = "TRAM-WARD"});
    book.take(*alert);
    cap::Bulletin bulletin{1, fixed::now(), fixed::now() + std::chrono::hours(1),
                           book.notices(base::WallTime::min())};
    must(bulletin.fit() == 0, "one message fits into a list");
    const bool open = alert->scope == cap::Scope::Public &&
                      (alert->status == cap::Status::Actual || alert->status == cap::Status::Exercise);
    must(open || bulletin.notices.empty(), "only what is for the public is told");
    for (const auto& notice : bulletin.notices) shownAnywhere(notice);
    const auto again = cap::Bulletin::parse(bulletin.toJson());
    must(again && again->toJson() == bulletin.toJson(), "what a gateway publishes a kiosk can read");
}

void list(std::string_view json) {
    const auto read = cap::Bulletin::parse(json);
    if (!read) return;
    const auto again = cap::Bulletin::parse(read->toJson());
    must(again && again->toJson() == read->toJson(), "a list survives its text");
    for (const auto& notice : read->notices) cap::show(notice, kHere, "vi", read->signedAt);
}

void feed(std::string_view xml) {
    const auto index = gateway::FeedIndex::parse(xml);
    if (!index) return;
    for (const auto& entry : index->entries) {
        const auto url = gateway::resolved("https://feed.example/a/b", entry.link);
        const auto origin = gateway::originOf(url);
        must(origin.empty() || origin.find_first_of("@\\?#") == origin.npos, "an origin is a host");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(4)) {
        case 0:
            message(input.rest());
            break;
        case 1:
            list(input.rest());
            break;
        case 2:
            shape(input.rest());
            break;
        case 3:
            feed(input.rest());
            break;
    }
    return 0;
}
