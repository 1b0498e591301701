#include "cap/AlertBook.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "Made.h"

using namespace tram;
using namespace tram::test;
using cap::AlertBook;

namespace {

const auto kNoon = at("2026-11-21T12:00:00+07:00");

std::string shown(const AlertBook& book, base::WallTime now = kNoon) {
    std::string all;
    for (const auto& notice : book.notices(now))
        all += (notice.drill ? "drill:" : "") + notice.id.identifier + " ";
    return all;
}

/// What is left of these in every order they may come in; it must always be the same.
std::string inEveryOrder(const std::vector<Made>& made) {
    std::vector<std::size_t> order(made.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::optional<std::string> first;
    do {
        AlertBook book({});
        for (const auto i : order) book.take(made[i].alert());
        if (!first) first = shown(book);
        CHECK(shown(book) == *first);
    } while (std::ranges::next_permutation(order).found);
    return *first;
}

Made named(const std::string& name, const std::string& status = "Actual") {
    Made made;
    made.identifier = name;
    made.status = status;
    return made;
}
Made about(const std::string& type, const std::string& name, const std::vector<Made>& others,
           const std::string& sent = "2026-11-21T09:41:00+07:00") {
    std::string references;
    for (const auto& other : others) references += other.reference() + " ";
    auto made = Made::about(type, name, references);
    made.sent = sent;
    return made;
}

}  // namespace

TEST_CASE("only Actual and Public is for the public, an Exercise is a drill, the rest is never shown") {
    for (const char* status : {"Actual", "Exercise", "System", "Test", "Draft"})
        for (const char* scope : {"Public", "Restricted", "Private"})
            for (const char* type : {"Alert", "Update", "Cancel", "Ack", "Error"}) {
                auto made = type == std::string("Alert")
                                ? Made()
                                : Made::about(type, "a", "x,y,2026-01-01T00:00:00+07:00");
                made.identifier = "a";
                made.status = status;
                made.scope = scope;
                AlertBook book({});
                book.take(made.alert());
                const bool tells = (type == std::string("Alert") || type == std::string("Update")) &&
                                   scope == std::string("Public");
                const std::string expected = !tells                              ? ""
                                             : status == std::string("Actual")   ? "a "
                                             : status == std::string("Exercise") ? "drill:a "
                                                                                 : "";
                CHECK(shown(book) == expected);
            }
}

TEST_CASE("Update and Cancel end all they name, in whichever order they come") {
    const auto a = named("a"), b = named("b"), c = named("c");
    CHECK(inEveryOrder({a, b}) == "a b ");
    CHECK(inEveryOrder({a, b, about("Update", "u", {a})}) == "u b ");
    CHECK(inEveryOrder({a, b, c, about("Update", "u", {a, b})}) == "u c ");
    CHECK(inEveryOrder({a, b, about("Cancel", "x", {a, b})}) == "");
    CHECK(inEveryOrder({about("Cancel", "x", {a})}) == "");
    // A Cancel of the Update does not bring back what that had replaced.
    const auto u = about("Update", "u", {a});
    CHECK(inEveryOrder({a, u, about("Cancel", "x", {u}, "2026-11-21T09:42:00+07:00")}) == "");
    // A chain of Updates, each naming the one before.
    const auto v = about("Update", "v", {u}, "2026-11-21T09:42:00+07:00");
    CHECK(inEveryOrder({a, u, v, b}) == "v b ");
    CHECK(inEveryOrder({a, u, v, about("Cancel", "x", {v}, "2026-11-21T09:43:00+07:00")}) == "");
    // While the one between them has not come, the first is not known to be over.
    CHECK(inEveryOrder({a, v}) == "v a ");
}

TEST_CASE("a message is named by sender, identifier and time together") {
    const auto a = named("a");
    auto other = a;
    other.sender = "other@tram.example";
    auto later = a;
    later.sent = "2026-11-21T09:40:01+07:00";
    auto elsewhere = a;
    elsewhere.sent = "2026-11-21T02:40:00+00:00";  // the same moment
    CHECK(inEveryOrder({a, about("Cancel", "x", {other})}) == "a ");
    CHECK(inEveryOrder({a, about("Cancel", "x", {later})}) == "a ");
    CHECK(inEveryOrder({a, about("Cancel", "x", {elsewhere})}) == "");
    AlertBook book({});
    CHECK(book.take(a.alert()));
    auto changed = a;
    changed.infos = Made::info("", "vi", "Minor");
    CHECK_FALSE(book.take(changed.alert()));
    CHECK(book.notices(kNoon)[0].infos[0].severity == cap::Severity::Severe);
}

TEST_CASE("a drill, a test or a draft does not call off the real thing") {
    const auto real = named("a"), drill = named("d", "Exercise");
    const auto cancel = [](const Made& what, const char* status) {
        auto made = about("Cancel", "x", {what});
        made.status = status;
        return made;
    };
    for (const char* status : {"Exercise", "System", "Test", "Draft"})
        CHECK(inEveryOrder({real, cancel(real, status)}) == "a ");
    CHECK(inEveryOrder({drill, cancel(drill, "Exercise")}) == "");
    CHECK(inEveryOrder({drill, cancel(drill, "Actual")}) == "");
    CHECK(inEveryOrder({drill, cancel(drill, "Test")}) == "drill:d ");
}

TEST_CASE("no message ends itself, or one sent after it") {
    auto self = about("Update", "u", {});
    self.references = self.reference();
    CHECK(inEveryOrder({self}) == "u ");
    auto late = named("late");
    late.sent = "2026-11-21T09:50:00+07:00";
    CHECK(inEveryOrder({late, about("Cancel", "x", {late})}) == "late ");
}

TEST_CASE("who is not trusted ends only what came the same way from the same sender") {
    const auto a = named("a");
    const auto left = [&](Made by, const AlertBook::Voice& voice) {
        AlertBook book({});
        book.take(by.alert(), voice);
        book.take(a.alert(), {"feed", false});
        return shown(book);
    };
    CHECK(left(about("Cancel", "x", {a}), {"feed", false}).empty());
    CHECK(left(about("Cancel", "x", {a}), {"other feed", false}) == "a ");
    CHECK(left(about("Cancel", "x", {a}), {"other feed", true}).empty());
    auto stranger = about("Cancel", "x", {a});
    stranger.sender = "stranger";
    CHECK(left(stranger, {"feed", false}) == "a ");
    CHECK(left(stranger, {"feed", true}).empty());
}

TEST_CASE("what has run out is gone, what names no end has a configured one") {
    AlertBook book({.life = std::chrono::hours(3)});
    auto made = named("ends");
    book.take(made.alert());
    made = named("open");
    made.infos = Made::info("");
    book.take(made.alert());
    made = named("from");
    made.infos = Made::info("<effective>2026-11-21T11:00:00+07:00</effective>");
    book.take(made.alert());
    made = named("begins");
    made.infos = Made::info("<onset>2026-11-21T18:00:00+07:00</onset>");
    book.take(made.alert());
    const auto left = [&](const char* time) {
        return shown(book, at(std::string("2026-11-21T") + time + "+07:00"));
    };
    CHECK(left("09:40:00") == "begins ends from open ");
    CHECK(left("12:39:59.999") == "begins ends from open ");
    CHECK(left("12:40:00") == "begins ends from ");
    CHECK(left("14:00:00") == "begins ends ");
    CHECK(left("20:00:00") == "begins ");
    CHECK(left("21:00:00") == "");
}

TEST_CASE("of several infos those that have run out go alone") {
    AlertBook book({});
    auto made = named("a");
    made.infos = Made::info("<expires>2026-11-21T11:00:00+07:00</expires>", "vi") + Made::info();
    book.take(made.alert());
    CHECK(book.notices(kNoon)[0].infos.size() == 1);
    CHECK(book.notices(at("2026-11-21T10:00:00+07:00"))[0].infos.size() == 2);
}

TEST_CASE("the most pressing come first, drills last") {
    AlertBook book({});
    const auto add = [&](const char* name, const char* severity, const char* urgency,
                         const char* status = "Actual", const char* sent = "2026-11-21T09:40:00+07:00") {
        auto made = named(name, status);
        made.sent = sent;
        made.infos = Made::info("", "vi", severity, urgency);
        book.take(made.alert());
    };
    add("drill", "Extreme", "Immediate", "Exercise");
    add("minor", "Minor", "Immediate");
    add("later", "Extreme", "Future");
    add("severe", "Severe", "Expected");
    add("newer", "Severe", "Expected", "Actual", "2026-11-21T09:41:00+07:00");
    add("extreme", "Extreme", "Immediate");
    CHECK(shown(book) == "extreme newer severe later minor drill:drill ");
}

TEST_CASE("geocodes are wards where their name says so and there is such a ward") {
    auto made = named("a");
    made.infos = Made::info(
        "<area><areaDesc>x</areaDesc><geocode><valueName>ward</valueName><value>27154</value></"
        "geocode><geocode><valueName>"
        "ward</valueName><value>99999</value></geocode><geocode><valueName>SAME</valueName><value>27157</"
        "value></"
        "geocode></area>");
    const auto wards = [&](AlertBook::Rules rules) {
        AlertBook book(std::move(rules));
        book.take(made.alert());
        return book.notices(kNoon)[0].infos[0].areas[0].wards;
    };
    CHECK(wards({.wardCode = "ward", .wards = {"27154", "27157"}}) == std::vector<std::string>{"27154"});
    CHECK(wards({.wardCode = "ward"}).size() == 2);
    CHECK(wards({.wardCode = "SAME"}) == std::vector<std::string>{"27157"});
    CHECK(wards({}).empty());
}
