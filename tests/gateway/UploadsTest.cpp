// Pictures from a resident's own phone, through nginx as deployed.
#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <memory>

#include "FakeClock.h"
#include "QuietCity.h"
#include "UploadDraft.h"
#include "gateway/phone/PhoneUploads.h"

using namespace tram;
using namespace tram::test;
using gateway::PhoneUploads;
using nlohmann::json;

namespace {

std::string picture(std::size_t size) {
    std::string bytes = "\xFF\xD8\xFF\xE1";
    while (bytes.size() < size)
        bytes += crypto::toHex(crypto::randomBytes(4096)) + std::string("\r\n--", 4) + '\0';
    bytes.resize(size);
    return bytes;
}

}  // namespace

TEST_CASE("three pictures go from the phone to the draft and to nobody else") {
    LiveCity city;
    PretendKiosk kiosk(city), other(city);
    Draft draft(kiosk);
    CHECK(draft.state().at("opened") == false);
    PretendPhone phone(city);
    const auto path = "/p/" + draft.id;
    const auto page = phone.get(path);
    CHECK(shows(page, "Trạm đã nhận 0 trong 3 ảnh"));
    CHECK(shows(page, "<b>Trạm Bàn Cờ 02</b><br>Phường Bàn Cờ"));
    CHECK_FALSE(shows(page, "<script"));
    CHECK(draft.state().at("opened") == true);
    std::vector<std::string> sent = {picture(5), picture(300'000), picture(3'000'000)};
    for (std::size_t at = 0; at < sent.size(); ++at) {
        const auto after = phone.follow(phone.sendPicture(path, sent[at]));
        CHECK(after.status == 200);
        CHECK(shows(after, "Đang chuyển tới trạm: " + std::to_string(at + 1) + " ảnh"));
        CHECK(shows(after, "Gửi thêm ảnh") == (at < 2));
    }
    CHECK(phone.sendPicture(path, sent[0]).status == 409);
    for (std::size_t at = 0; at < sent.size(); ++at) CHECK(draft.open(at + 1) == sent[at]);

    const auto asOther = [&](const std::string& method, const std::string& where) {
        return city.send({.method = method, .path = where, .headers = other.auth()}).status;
    };
    CHECK(asOther("GET", "/v1/uploads/" + draft.id) == 404);
    CHECK(asOther("GET", "/v1/uploads/" + draft.id + "/1") == 404);
    CHECK(asOther("DELETE", "/v1/uploads/" + draft.id) == 404);
    CHECK(city.send({.path = "/v1/uploads/" + draft.id}).status == 401);
    CHECK(draft.ask("DELETE", "/v1/uploads/" + draft.id).status == 204);
    CHECK(draft.ask("GET", "/v1/uploads/" + draft.id).status == 404);
    CHECK(phone.get(path).status == 404);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("the page belongs to the first phone that sends, looking takes nothing away") {
    LiveCity city;
    PretendKiosk kiosk(city);
    Draft draft(kiosk);
    const auto path = "/p/" + draft.id;
    PretendPhone preview(city), first(city), second(city), cookieless(city);
    preview.get(path);  // a messenger that fetches what it is about to show
    first.get(path);
    second.get(path);
    CHECK(cookieless.sendPicture(path, jpegOf("x")).status == 403);
    CHECK(first.sendPicture(path, jpegOf("one")).status == 303);
    CHECK(second.sendPicture(path, jpegOf("two")).status == 403);
    CHECK(shows(second.get(path), "điện thoại khác"));
    CHECK(draft.state().at("pictures").size() == 1);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a page for pictures begins in the session's language, and stays in the one it was asked for") {
    LiveCity city;
    PretendKiosk kiosk(city);
    Draft draft(kiosk, "en");
    const auto path = "/p/" + draft.id;
    PretendPhone phone(city), other(city);
    const auto page = phone.get(path);
    CHECK(shows(page, "0 of 3 pictures have reached the station"));
    CHECK(shows(page, "<a class=\"button\" href=\"" + path + "?lang=vi\" lang=\"vi\""));
    CHECK(shows(page, "action=\"" + path + "?lang=en\""));
    const auto turned = phone.get(path + "?lang=vi");
    CHECK(shows(turned, "Trạm đã nhận 0 trong 3 ảnh"));
    CHECK(shows(turned, "action=\"" + path + "?lang=vi\""));
    const auto waits = phone.follow(phone.sendPicture(path + "?lang=vi", jpegOf("x")));
    CHECK(shows(waits, "Đang chuyển tới trạm: 1 ảnh"));
    CHECK(shows(waits, "href=\"" + path + "?lang=vi&amp;more=1\">Gửi thêm ảnh<"));
    CHECK(shows(phone.get(path + "?lang=vi&more=1"), "action=\"" + path + "?lang=vi\""));
    CHECK(shows(phone.follow(phone.sendPicture(path + "?lang=en", jpegOf("x"))), "to the station: 2."));
    CHECK(shows(other.get(path), "belongs to another phone"));
    phone.sendPicture(path, jpegOf("x"));
    for (int at = 1; at <= 3; ++at) CHECK(draft.tell(at, true).status == 204);
    CHECK(shows(phone.get(path), "All pictures were sent"));
    draft.ask("DELETE", "/v1/uploads/" + draft.id);
    CHECK(phone.sendPicture(path + "?lang=vi", jpegOf("x")).header("Location") == path + "?lang=vi");
    CHECK(shows(phone.get(path + "?lang=en"), "This page is closed"));
    CHECK(
        draft.ask("POST", "/v1/uploads", json{{"key", draft.key.sealingKey().text()}, {"language", 1}}.dump())
            .status == 400);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("what is no picture, too large, or too late is refused in words") {
    LiveCity city;
    PretendKiosk kiosk(city);
    Draft draft(kiosk);
    const auto path = "/p/" + draft.id;
    PretendPhone phone(city);
    phone.get(path);
    CHECK(phone.sendPicture(path, "").status == 400);
    CHECK(phone.post(path, {{"picture", "x"}}).status == 415);
    for (const auto& text : {std::string("just words"), std::string("%PDF-1.7"), std::string("GIF89a"),
                             std::string("RIFF\0\0\0\0AVI ", 12), std::string("\xFF\xD8")}) {
        const auto other = phone.sendPicture(path, text);
        CHECK(other.status == 415);
        CHECK(shows(other, "Tệp này không phải ảnh"));
    }
    CHECK(draft.state().at("pictures").empty());
    const auto large = phone.sendPicture(path, std::string(25'000'001, 'x'));
    CHECK(large.status == 413);
    CHECK(shows(large, "Ảnh quá lớn"));
    CHECK(phone.sendPicture(path, jpegOf(std::string(24'999'997, 'x'))).status == 303);
    CHECK(draft.open(1).size() == 25'000'000);
    CHECK(KioskLogin(kiosk).endSessions().status == 204);
    for (const auto& link : {path, "/p/" + std::string(22, 'A')}) {
        const auto sentOn = phone.sendPicture(link + "?lang=en", jpegOf("late"));
        CHECK(sentOn.status == 303);
        CHECK(sentOn.header("Location") == link + "?lang=en");
        CHECK(phone.follow(sentOn).status == 404);
    }
    for (const auto* body : {"", "{}", "[]", R"({"key":"x"})", R"({"key":1})"})
        CHECK(draft.ask("POST", "/v1/uploads", body[0] ? body : " ").status == 400);
    for (int at = 0; at < 4; ++at) Draft another(kiosk);
    CHECK(draft.ask("POST", "/v1/uploads", R"({"key":")" + draft.key.sealingKey().text() + "\"}").status ==
          429);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("what the kiosk could not use is told on the phone, and takes nobody's place") {
    LiveCity city;
    PretendKiosk kiosk(city), other(city);
    Draft draft(kiosk);
    const auto path = "/p/" + draft.id;
    PretendPhone phone(city);
    phone.get(path);
    const auto sent = phone.follow(phone.sendPicture(path, jpegOf("and is none")));
    CHECK(sent.header("Refresh") == "2");  // without a script
    CHECK(shows(sent, "Trang này tự cập nhật"));
    CHECK_FALSE(shows(sent, "<form"));  // whose choice a look would take away
    CHECK(draft.tell(1, false).status == 204);
    CHECK(draft.tell(1, true).status == 404);
    CHECK(draft.ask("GET", "/v1/uploads/" + draft.id + "/1").status == 404);
    const auto told = phone.get(path);
    CHECK(told.header("Refresh").empty());
    CHECK(shows(told, "Trạm đã nhận 0 trong 3 ảnh"));
    CHECK(shows(told, "Trạm không dùng được 1 tệp"));
    CHECK(shows(told, "<form"));
    for (int at = 2; at <= 4; ++at) {
        CHECK(phone.sendPicture(path, jpegOf("x")).status == 303);
        CHECK(draft.state().at("pictures").at(0).at("n") == at);
        CHECK(draft.tell(at, true).status == 204);
    }
    CHECK(shows(phone.get(path), "Đã gửi đủ ảnh"));
    CHECK(phone.sendPicture(path, jpegOf("x")).status == 409);
    CHECK(draft.state().at("pictures").empty());

    Draft another(kiosk);
    const auto next = "/p/" + another.id;
    for (int at = 1; at <= 9; ++at) {
        CHECK(phone.sendPicture(next, jpegOf("x")).status == 303);
        CHECK(another.tell(at, false).status == 204);
    }
    CHECK(shows(phone.get(next), "Trang này không nhận thêm tệp"));
    const auto tenth = phone.sendPicture(next, jpegOf("x"));
    CHECK(tenth.status == 409);
    CHECK(shows(tenth, "Trang này không nhận thêm tệp"));
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("only its own kiosk tells what became of a picture, and only what the contract knows") {
    LiveCity city;
    PretendKiosk kiosk(city), other(city);
    Draft draft(kiosk);
    const auto path = "/p/" + draft.id, first = "/v1/uploads/" + draft.id + "/1";
    PretendPhone phone(city);
    phone.get(path);
    REQUIRE(phone.sendPicture(path, jpegOf("x")).status == 303);
    const auto tell = [&](const HeaderList& as, const std::string& body) {
        return city
            .send({.method = "POST", .path = first, .headers = as, .type = "application/json", .body = body})
            .status;
    };
    CHECK(tell(other.auth(), R"({"used":false})") == 404);
    CHECK(tell({}, R"({"used":false})") == 401);
    for (const auto* body : {"{}", "[]", R"({"used":1})", R"({"used":true,"why":"x"})", "used"})
        CHECK(tell(kiosk.auth(), body) == 400);
    CHECK(draft.state().at("pictures").size() == 1);
    CHECK(tell(kiosk.auth(), R"({"used":true})") == 204);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("no byte of a picture touches a disk, nginx's neither") {
    LiveCity city;
    PretendKiosk kiosk(city);
    Draft draft(kiosk);
    PretendPhone phone(city);
    phone.get("/p/" + draft.id);
    auto bytes = jpegOf("");
    while (bytes.size() < 8'000'000) bytes += std::string(kCanary) + "-EXIF-GPS-10.7769-106.7009 ";
    // Where nginx would put a body that it writes there is nothing to write to: what it must keep fails.
    const auto all = city.dataDir().parent_path();
    std::filesystem::remove_all(all / "nginx" / "body");
    std::ofstream(all / "nginx" / "body") << "";
    CHECK(city.send({.method = "POST",
                     .path = "/v1/actions",
                     .headers = kiosk.auth(),
                     .type = "application/json",
                     .body = std::string(1'000'000, ' '),
                     .outsideContract = true})
              .status == 503);
    REQUIRE(phone.sendPicture("/p/" + draft.id, bytes).status == 303);
    CHECK(draft.open(1) == bytes);
    city.stopGateway(SIGKILL);
    CHECK(filesWith(all, "EXIF-GPS").empty());
    CHECK(filesWith(all, draft.id).empty());
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("places for pictures live ten minutes, and all of them together have their limit") {
    const base::WallTime now{std::chrono::milliseconds(1'795'000'000'000)};
    const auto key = crypto::OpeningKey::generate();
    PhoneUploads uploads(2 * PhoneUploads::kMostBytes + 1000, 3 * PhoneUploads::kMostBytes);
    const auto id = *uploads.open("k1", key.sealingKey(), now);
    auto one = uploads.enter(id, "phone", now), two = uploads.enter(id, "phone", now);
    REQUIRE(one);
    REQUIRE(two);
    const auto other = *uploads.open("k2", key.sealingKey(), now);
    CHECK(uploads.enter(other, "phone", now).error() == PhoneUploads::NoRoom::Busy);
    REQUIRE((*one)->keep(base::SecretBytes({1, 2, 3}), now));
    one->reset();
    two->reset();
    CHECK(uploads.held() < 200);
    CHECK(uploads.enter(other, "phone", now));
    const auto last = now + std::chrono::seconds(600) - base::Millis(1),
               over = now + std::chrono::seconds(600);
    CHECK(uploads.state(id, "k1", last));
    CHECK_FALSE(uploads.state(id, "k1", over));
    CHECK_FALSE(uploads.picture(id, "k1", 1, over));
    auto late = uploads.enter(id, "phone", last);
    REQUIRE(late);
    CHECK_FALSE((*late)->keep(base::SecretBytes({1}), over));
    uploads.sweep(over);
    late->reset();
    CHECK(uploads.held() == 0);
}

TEST_CASE("the pictures of one kiosk leave the others' room, those it has told of are gone") {
    const base::WallTime now{std::chrono::milliseconds(1'795'000'000'000)};
    const auto key = crypto::OpeningKey::generate();
    PhoneUploads uploads(1'000'000, 25'000);
    const auto one = *uploads.open("k1", key.sealingKey(), now),
               two = *uploads.open("k1", key.sealingKey(), now),
               other = *uploads.open("k2", key.sealingKey(), now);
    const auto keep = [&](const std::string& id) {
        auto room = uploads.enter(id, "phone", now, 10'000);
        return room && (*room)->keep(base::SecretBytes(std::vector<unsigned char>(10'000, 'x')), now);
    };
    CHECK(keep(one));
    CHECK(keep(two));
    CHECK(uploads.enter(two, "phone", now, 10'000).error() == PhoneUploads::NoRoom::Busy);
    CHECK(keep(other));
    CHECK(uploads.tell(one, "k1", 1, false, now));
    {
        const auto coming = uploads.enter(two, "phone", now, 10'000);
        CHECK(coming);
        CHECK(uploads.enter(one, "phone", now, 10'000).error() == PhoneUploads::NoRoom::Busy);
    }
    CHECK(keep(one));
    CHECK(uploads.close(one, "k1"));
    CHECK(keep(two));
    CHECK(uploads.held() < 31'000);
}

TEST_CASE("a phone looks again by itself for half a minute after it sent") {
    const base::WallTime now{std::chrono::milliseconds(1'795'000'000'000)};
    const auto key = crypto::OpeningKey::generate();
    PhoneUploads uploads(1'000'000, 1'000'000);
    const auto id = *uploads.open("k1", key.sealingKey(), now, {"en", "Station", "Ward"});
    REQUIRE((*uploads.enter(id, "phone", now, 100))->keep(base::SecretBytes({1}), now));
    const auto seen = uploads.look(id, "phone", now + base::Millis(29'000));
    CHECK(seen.since == base::Millis(29'000));
    CHECK(seen.asked == 1);
    CHECK(seen.told.station == "Station");
    const auto stranger = uploads.look(id, "another", now);
    CHECK(stranger.door == PhoneUploads::Door::Taken);
    CHECK((stranger.told.language == "en" && stranger.told.station.empty() && stranger.told.ward.empty()));
}

TEST_CASE("a request that began earlier ends no place that was opened meanwhile") {
    const base::WallTime now{std::chrono::milliseconds(1'795'000'000'000)};
    const auto key = crypto::OpeningKey::generate();
    PhoneUploads uploads(1'000'000'000, 1'000'000'000);
    const auto id = *uploads.open("k1", key.sealingKey(), now);
    const auto other = *uploads.open("k2", key.sealingKey(), now - base::Millis(40));
    CHECK(uploads.lives(id, now));
    uploads.sweep(now - base::Millis(40));
    CHECK(uploads.state(id, "k1", now + base::Millis(1)));
    CHECK(uploads.lives(other, now));
    CHECK_FALSE(uploads.lives(id, now - PhoneUploads::kLife));  // a clock that was put back
}

TEST_CASE("pictures under way end with their place, and one kiosk's leave room for the others'") {
    const base::WallTime now{std::chrono::milliseconds(1'795'000'000'000)};
    const auto key = crypto::OpeningKey::generate();
    PhoneUploads uploads(1'000'000'000, 1'000'000'000);
    std::vector<std::unique_ptr<PhoneUploads::Room>> rooms;
    const auto enter = [&](const std::string& id) {
        auto room = uploads.enter(id, "phone", now, 1000);
        if (room) rooms.push_back(std::move(*room));
        return room.has_value();
    };
    const auto one = *uploads.open("k1", key.sealingKey(), now),
               two = *uploads.open("k1", key.sealingKey(), now);
    CHECK((enter(one) && enter(one) && enter(one) && enter(two)));
    CHECK(uploads.held() == 4000);
    CHECK_FALSE(enter(two));
    CHECK(rooms[0]->wanted(now));
    CHECK_FALSE(rooms[0]->wanted(now + PhoneUploads::kLife));
    uploads.close(one, "k1");
    CHECK_FALSE(rooms[0]->wanted(now));
    CHECK(rooms[3]->wanted(now));
    uploads.endAll("k1");
    CHECK_FALSE(rooms[3]->wanted(now));
    CHECK_FALSE(enter(*uploads.open("k1", key.sealingKey(), now)));  // their lines are not cut yet
    rooms.pop_back();
    CHECK(enter(*uploads.open("k1", key.sealingKey(), now)));
    std::size_t all = rooms.size();
    for (int kiosk = 2; kiosk < 20; ++kiosk) {
        const auto theirs = *uploads.open("k" + std::to_string(kiosk), key.sealingKey(), now);
        while (enter(theirs)) ++all;
    }
    CHECK(all == PhoneUploads::kMostUnderWay);
}
