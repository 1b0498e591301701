#pragma once
#include <string>

#include "crypto/Keys.h"
#include "wire/Action.h"
#include "wire/Appointment.h"
#include "wire/Campaign.h"
#include "wire/DossierStatus.h"
#include "wire/Enrolment.h"
#include "wire/Envelope.h"
#include "wire/FeedbackFields.h"
#include "wire/FeedbackReport.h"
#include "wire/GuideTally.h"
#include "wire/LogHead.h"
#include "wire/Mine.h"
#include "wire/MyServices.h"
#include "wire/Rating.h"
#include "wire/RightsRequest.h"
#include "wire/SealingStatement.h"
#include "wire/SurveyAnswer.h"
#include "wire/Turn.h"
#include "wire/VisitToken.h"
#include "wire/WardReport.h"
#include "wire/Watch.h"

/// One full example of every message.
namespace tram::test {

inline const std::string kId = "019aa4c1-1e9a-7cc3-98c4-dc0c0c07398f";
inline const std::string kKiosk = "019aa4c0-0000-7000-8000-00000000000a";
inline const std::string kTime = "2026-11-21T09:41:07.250+07:00";
inline const std::string kHash(64, 'a');

inline base::Uuid id() {
    return *base::Uuid::parse(kId);
}
inline base::SecretText secret(std::string text) {
    return base::SecretText(std::move(text));
}

inline wire::FeedbackReport report(wire::Disclosure disclosure = wire::Disclosure::Named) {
    wire::FeedbackReport r;
    r.trackingCode = "K7M3Q9X2TW";
    r.receiptSecret = secret("AAECAwQFBgcICQoLDA0ODw");
    r.fieldId = "cap-thoat-nuoc";
    r.text =
        secret("Nước ngập tới gối 👨‍👩‍👧‍👦\ntừ sáng: \"quote\" \\ và dấu");
    r.wardCode = "25747";
    r.address = secret("12 Nguyễn Huệ");
    r.landmark = secret("gần chợ Bến Thành");
    r.disclosure = disclosure;
    r.name = secret("Nguyễn Thị Thử");
    r.phone = secret("0901 234 567");
    r.email = secret("thu@example.vn");
    r.reporterSubject = secret("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    r.consentVersion = "2026-11";
    r.consentAt = kTime;
    r.language = "vi";
    return r;
}

inline wire::SurveyAnswer surveyAnswer() {
    wire::SurveyAnswer a;
    a.survey = "phuc-vu_2026.1";
    a.formHash = kHash;
    a.language = "vi";
    a.token = secret("AAECAwQFBgcICQoLDA0ODw");
    a.answersJson = secret("{\"viec\":\"khac\",\"cho\":12.5,\"gop-y\":\"Chờ lâu\"}");
    return a;
}
inline wire::SurveyAnswer signedAnswer() {
    auto a = surveyAnswer();
    a.subject = secret("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    a.name = secret("Nguyễn Thị Thử");
    return a;
}
inline wire::SurveyAnswer provenAnswer() {
    auto a = surveyAnswer();
    a.proof = secret(crypto::toBase64Url(crypto::Bytes(64, 5)));
    return a;
}

inline wire::GuideTally guideTally() {
    return {"cong-dan-so", "android", "not_done:storage", "27154", "Khu phố 3", true, 12};
}
inline wire::GuideTally awayTally() {
    auto tally = guideTally();
    tally.away = true;
    tally.audience = "members";
    return tally;
}
inline wire::Campaigns campaigns() {
    wire::Campaign c;
    c.id = "vneid-2026";
    c.title = {"Cài VNeID", "VNeID for everyone"};
    c.guides = {"vneid", "vneid-muc-2"};
    c.from = "2026-11-01";
    c.deadline = "2026-12-15";
    c.groups = {{"officials", {"Cán bộ", "Officials"}}, {"members", {"Hội viên", "Members"}}};
    c.kioskGroup = "members";
    c.units = {{"Khu phố 3", {{"officials", 5, 2}, {"members", 120, 40}}, 44, "2026-11-20"},
               {"=Khu phố 4", {{"members", 80, 0}}, 0, ""}};
    c.days = {{"2026-11-19", 20}, {"2026-11-20", 26}};
    c.obstacles = {{"storage", 3}};
    c.elsewhere = 2;
    return {"27154", "2026-11-21T09:41:07+07:00", {c}};
}
inline wire::CampaignPlan campaignPlan() {
    return {"27154", campaigns().all[0]};
}
inline wire::WardReport wardReport() {
    return {"27154",
            "2026-11-16",
            "2026-11-22",
            wire::WardReport::By::Day,
            "2026-11-21T09:41:07+07:00",
            {{"2026-11-16", "report", 3}, {"2026-11-17", "away", 12}}};
}

inline wire::Rating dossierRating() {
    wire::Rating r;
    r.about = wire::Rating::About::Dossier;
    r.code = "H29.168-261105-0042";
    r.office = "UBND phường Bàn Cờ";
    r.proof = secret("AAECAwQFBgcICQoLDA0ODw");
    r.stars = 2;
    r.reasons = {"waited", "unclear"};
    r.words = secret("Chờ lâu\nquá");
    return r;
}
inline wire::Rating visitRating() {
    wire::Rating r;
    r.about = wire::Rating::About::Visit;
    r.proof = secret(wire::VisitToken{"27154", std::chrono::year(2026) / 11 / 30,
                                      crypto::Bytes(wire::VisitToken::kNonceBytes, 7),
                                      crypto::Bytes(wire::VisitToken::kSealBytes, 9)}
                         .text());
    r.stars = 5;
    r.language = "en";
    return r;
}
inline wire::Rating kioskRating() {
    wire::Rating r;
    r.stars = 4;
    r.reasons = {"easy"};
    return r;
}
inline wire::KioskFault kioskFault() {
    return {wire::KioskFault::Part::WrongInformation, secret("Giờ làm việc sai")};
}
inline wire::RightsRequest rightsRequest() {
    wire::RightsRequest r;
    r.trackingCode = "K7M3Q9X2TW";
    r.receiptSecret = secret("AAECAwQFBgcICQoLDA0ODw");
    r.right = wire::Right::Correct;
    r.words = secret("Số nhà là 14,\nkhông phải 12.");
    r.subject = secret("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    r.language = "vi";
    return r;
}

inline wire::MyServices myServices() {
    wire::MyServices m;
    m.revision = 7;
    m.services = {"dossier", "not_known_here"};
    return m;
}
inline wire::MyNotices myNotices() {
    return {{{wire::MyNotice::About::Report, "K7M3Q9X2TW", "thoat-nuoc", "answered", kTime},
             {wire::MyNotice::About::Dossier, "H29.168-261105-0042", "Đất đai", "papers_asked", ""}},
            kTime,
            true,
            kTime};
}
inline wire::NoticesSeen noticesSeen() {
    return {{{wire::MyNotice::About::Report, "K7M3Q9X2TW", "answered"},
             {wire::MyNotice::About::Dossier, "H29.168-261105-0042", "papers_asked"}}};
}
inline wire::MyDocuments myDocuments() {
    return {{{"Thẻ căn cước", "Bộ Công an", "2024-03-08", "2039-03-08", "https://vneid.gov.vn/x?y=1"},
             {"Giấy phép lái xe", "", "", "", ""}},
            "https://vneid.gov.vn/",
            "Kho giấy tờ",
            kTime};
}
inline wire::MyAccount myAccount() {
    return {"VNeID", "VNeID", {"phone", "address"}, "https://vneid.gov.vn/"};
}
inline wire::MyConsents myConsents() {
    return {{{"K7M3Q9X2TW", "thoat-nuoc", "name_hidden", "2026-11", kTime, true},
             {"K7M3Q9X2TW", "appointment", "named", "2026-11", kTime, false, true, "Đăng ký khai sinh"}},
            kTime};
}
inline wire::MyAppointments myAppointments() {
    return {{{"K7M3Q9X2TW", "27154", "Đăng ký khai sinh", wire::AppointmentState::Confirmed, "2026-12-01",
              wire::HalfDay::Morning, "09:20"},
             {"K7M3Q9X2TW", "27154", "", wire::AppointmentState::Asked, "2026-12-02",
              wire::HalfDay::Afternoon, ""}},
            "Hàng chờ",
            kTime};
}
inline wire::MyRights myRights() {
    return {{{"K7M3Q9X2TW", "delete", "all", "answered", kTime, "2026-11-25", kTime},
             {"K7M3Q9X2TW", "see", "K7M3Q9X2TW", "received", kTime, "2026-11-25", ""}},
            kTime};
}

inline wire::AttachmentRef attachment() {
    wire::AttachmentRef ref;
    ref.sha256 = kHash;
    ref.size = 12345;
    ref.key.key = base::SecretBytes(crypto::Bytes(32, 7));
    ref.key.header = crypto::Bytes(24, 9);
    ref.mediaType = "image/jpeg";
    return ref;
}

inline wire::ActionBody action() {
    wire::ActionBody body{.id = id(),
                          .kind = std::string(wire::FeedbackReport::kKind),
                          .kioskId = kKiosk,
                          .createdAt = kTime,
                          .fieldsJson = report().toJson()};
    body.attachments.push_back(attachment());
    body.attachments.push_back(attachment());
    return body;
}

inline wire::Handling handling(wire::StaffRole role = wire::StaffRole::Officer) {
    return {"S-7K3Q", role, "Quầy 3 – UBND phường Bàn Cờ",
            wire::Handling::Consent{"assist-vi-1", kTime, wire::Handling::How::Aloud}};
}
inline wire::ActionBody assistedAction() {
    auto body = action();
    body.handling = handling();
    return body;
}

inline wire::BatchAnswer batchAnswer() {
    return {"epoch-1",
            7042,
            7000,
            {{id(), wire::ActionVerdict::Accepted, {}, ""},
             {id(), wire::ActionVerdict::MissingAttachments, {kHash, kHash}, ""},
             {id(), wire::ActionVerdict::Refused, {}, "signature"}}};
}

inline wire::FeedbackStatus status() {
    wire::FeedbackStatus s;
    s.trackingCode = "K7M3Q9X2TW";
    s.state = wire::FeedbackState::Answered;
    s.externalNumber = "1022-2026-000123";
    s.unit = "UBND phường Thủ Dầu Một";
    s.due = kTime;
    s.history = {{wire::FeedbackState::Received, kTime, ""},
                 {wire::FeedbackState::Forwarded, kTime, "Công ty Thoát nước"}};
    s.source = "1022 (demo)";
    s.asOf = kTime;
    s.opened.emplace();
    s.opened->text = secret("Nước ngập\ntới gối");
    s.opened->place = secret("12 Nguyễn Huệ");
    s.opened->answer = secret("Đã thông cống.");
    return s;
}

inline wire::DossierStatus dossier() {
    wire::DossierStatus d;
    d.code = "H29.168-261105-0042";
    d.procedure = "Đăng ký biến động đất đai";
    d.procedureCode = "bien-dong";
    d.state = wire::DossierState::PapersAsked;
    d.way = wire::DossierWay::Counter;
    d.office = "UBND phường Bàn Cờ";
    d.received = kTime;
    d.promised = "2026-12-01";
    d.workingDays = -2;
    d.workingDaysRough = true;
    d.finished = kTime;
    d.task = wire::DossierTask{"2026-11-27", {"Giấy chứng nhận", "Tờ khai"}, 15000, "QR|1", "Quầy 3"};
    d.events = {{wire::DossierState::Received, kTime, "Quầy 3", ""},
                {wire::DossierState::Unknown, kTime, "", "Chờ ký số"}};
    d.rateable = true;
    d.rated = true;
    d.rate = "AAECAwQFBgcICQoLDA0ODw";
    d.source = "Một cửa (demo)";
    d.asOf = kTime;
    return d;
}

inline wire::FeedbackFields fields() {
    wire::FeedbackFields f;
    f.version = 3;
    f.publishedAt = kTime;
    f.source = "1022";
    f.anonymousAllowed = true;
    f.fields = {{"cap-thoat-nuoc",
                 "water_drop",
                 {"Cấp thoát nước", "Water"},
                 {"Ngập, cống", "Floods"},
                 {{"Nước ngập", "Flood"}}},
                {"giao-thong", "traffic", {"Giao thông", "Traffic"}, {"Ổ gà", "Potholes"}, {}}};
    return f;
}

inline wire::EnrolmentRequest enrolmentRequest() {
    return {"0123456789ABCDEF", crypto::SigningKey::generate().verifyKey().text()};
}

inline wire::EnrolmentAnswer enrolmentAnswer() {
    const auto key = crypto::SigningKey::generate().verifyKey().text();
    return {kKiosk,
            "K7M",
            "25747",
            "Trạm số 1",
            key,
            key,
            "https://cds.example.vn/oauth/token",
            "https://cds.example.vn",
            {{crypto::OpeningKey::generate().sealingKey().text(), kTime, kTime}}};
}

inline wire::SealingStatement sealingStatement() {
    return {1763692867250,
            kTime,
            {{crypto::OpeningKey::generate().sealingKey().text(), kTime, kTime},
             {crypto::OpeningKey::generate().sealingKey().text(), kTime, kTime}}};
}

inline wire::LogHead logHead() {
    return {kKiosk,
            "0123456789abcdef",
            {412, std::string(64, 'a')},
            kTime,
            wire::LogLine{400, std::string(64, 'b')}};
}
inline wire::LogAcknowledgement logAcknowledgement() {
    return {kKiosk, "0123456789abcdef", {412, std::string(64, 'a')}, kTime};
}

inline std::string textOf(const base::SecretText& text) {
    return text.reveal();
}

inline wire::TurnBoard turnBoard() {
    wire::TurnBoard board{"27154", "Trung tâm Phục vụ hành chính công", "221 Nguyễn Đình Chiểu",
                          "07:30–17:00"};
    wire::TurnDesk open{"ho-tich", "Quầy 1–3", {"khai-sinh", "1.004873"}, true};
    open.waiting = 4;
    open.left = 20;
    open.minutes = 16;
    wire::TurnDesk closed{"dat-dai", "Quầy 4"};
    closed.opens = "13:00";
    board.desks = {open, closed};
    board.appointments = true;
    board.days = {{"2026-12-01", true, false}, {"2026-12-02", true, true}};
    board.source = "Xếp hàng";
    board.asOf = kTime;
    return board;
}
inline wire::TurnTicket turnTicket() {
    wire::TurnTicket ticket;
    ticket.id = kId;
    ticket.office = "27154";
    ticket.deskId = "ho-tich";
    ticket.officeName = "Trung tâm Phục vụ hành chính công";
    ticket.desk = "Quầy 1–3";
    ticket.number = "A012";
    ticket.ahead = 4;
    ticket.minutes = 16;
    ticket.takenAt = kTime;
    ticket.visit = "v1.abc";
    ticket.source = "Xếp hàng";
    ticket.asOf = kTime;
    return ticket;
}
inline wire::TurnAnswer turnAnswer() {
    return {turnTicket()};
}
inline wire::AppointmentRequest appointmentRequest() {
    wire::AppointmentRequest request;
    request.trackingCode = "K7M3Q9X2TW";
    request.office = "27154";
    request.procedure = "khai-sinh";
    request.procedureName = "Đăng ký khai sinh";
    request.day = "2026-12-01";
    request.half = wire::HalfDay::Afternoon;
    request.subject = secret(std::string(42, 'B') + "A");
    request.name = secret("Nguyễn Thị Thử");
    request.phone = secret("0901234567");
    request.consentVersion = "vi:0123456789abcdef";
    request.consentAt = kTime;
    request.language = "vi";
    return request;
}
inline wire::AppointmentStatus appointmentStatus() {
    wire::AppointmentStatus status;
    status.trackingCode = "K7M3Q9X2TW";
    status.state = wire::AppointmentState::Confirmed;
    status.office = "27154";
    status.procedureName = "Đăng ký khai sinh";
    status.day = "2026-12-01";
    status.confirmedDay = "2026-12-02";
    status.confirmedTime = "09:15";
    status.desk = "Quầy 1–3";
    status.source = "Xếp hàng";
    status.asOf = kTime;
    return status;
}
inline wire::WatchRequest watchRequest() {
    wire::WatchRequest request{.id = id()};
    request.to = secret("0901234567");
    request.consentVersion = "vi:0123456789abcdef";
    request.consentAt = kTime;
    request.language = "vi";
    return request;
}

}  // namespace tram::test
