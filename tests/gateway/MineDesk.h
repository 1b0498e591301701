#pragma once
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "PretendPhone.h"
#include "wire/Appointment.h"
#include "wire/Mine.h"
#include "wire/MyServices.h"
#include "wire/RightsRequest.h"

namespace tram::test {

/// A resident at a kiosk of a city.
struct MineDesk {
    explicit MineDesk(LiveCity& live) : city(live), kiosk(live) {}

    void logIn(const char* person) {
        KioskLogin login(kiosk);
        REQUIRE(login.begin().status == 200);
        PretendPhone phone(city);
        phone.logIn(login.userCode, person);
        const auto tokens = nlohmann::json::parse(login.poll().body);
        token = tokens.at("access_token");
        sub = claimsOf(city, tokens.at("id_token")).at("sub");
    }
    HeaderList asResident() const { return {{"Authorization", "Bearer " + token}}; }
    Reply get(const std::string& what) {
        return city.send({.path = "/v1/me/" + what, .headers = asResident()});
    }
    template <class Message>
    Message read(const std::string& what) {
        const auto reply = get(what);
        REQUIRE(reply.status == 200);
        auto message = Message::parse(reply.body);
        REQUIRE(message);
        return std::move(*message);
    }
    Reply put(const std::string& document) {
        return city.send({.method = "PUT",
                          .path = "/v1/me/services",
                          .headers = asResident(),
                          .type = "application/json",
                          .body = document});
    }
    int acknowledge(const wire::NoticesSeen& seen) {
        return city
            .send({.method = "POST",
                   .path = "/v1/me/notices/seen",
                   .headers = asResident(),
                   .type = "application/json",
                   .body = seen.toJson()})
            .status;
    }
    PretendKiosk::Sent report(const std::string& who) {
        auto sent = kiosk.report([&](wire::ActionBody&, wire::FeedbackReport& report) {
            report.reporterSubject = base::SecretText(who);
        });
        REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
        return sent;
    }
    /// A day at the counter for whom `who` names, "" for nobody; its code.
    std::string appointment(const std::string& who) {
        wire::AppointmentRequest request;
        request.trackingCode = freshCode(kiosk.place.prefix);
        request.office = "27154";
        request.procedureName = "Đăng ký khai sinh";
        request.day = base::toRfc3339(base::SystemClock().wall() + std::chrono::days(30)).substr(0, 10);
        request.name = base::SecretText(kCanary);
        request.phone = base::SecretText("0901234567");
        request.subject = base::SecretText(who);
        request.consentVersion = "vi:1";
        request.consentAt = base::toRfc3339(base::SystemClock().wall());
        request.language = "vi";
        const auto sent = kiosk.report([&](wire::ActionBody& body, wire::FeedbackReport&) {
            body.kind = wire::AppointmentRequest::kKind;
            body.fieldsJson = request.toJson();
        });
        REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
        return request.trackingCode;
    }
    struct Asked {
        std::string code, secret;
    };
    Asked ask(wire::Right right, const std::string& about, const std::string& words = "") {
        wire::RightsRequest request;
        request.trackingCode = freshCode(kiosk.place.prefix);
        request.receiptSecret = base::SecretText(freshSecret());
        request.right = right;
        request.about = about;
        request.words = base::SecretText(words);
        request.subject = base::SecretText(sub);
        request.language = "vi";
        const auto sent = kiosk.report([&](wire::ActionBody& body, wire::FeedbackReport&) {
            body.kind = wire::RightsRequest::kKind;
            body.fieldsJson = request.toJson();
        });
        REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
        return {request.trackingCode, request.receiptSecret.reveal()};
    }

    LiveCity& city;
    PretendKiosk kiosk;
    std::string token, sub;
};

}  // namespace tram::test
