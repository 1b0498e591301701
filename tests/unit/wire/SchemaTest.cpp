#include <catch2/catch.hpp>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "Samples.h"
#include "base/Files.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

namespace {

class Schema {
  public:
    explicit Schema(const std::string& name) {
        const auto text = base::readFile(std::string(TRAM_SOURCE_DIR) + "/resources/api/schemas/" + name);
        REQUIRE(text);
        const json document = json::parse(*text);
        valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
        parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(document), schema_);
    }
    bool accepts(const json& value) const {
        static valijson::Validator validator;  // keeps the patterns it has compiled
        return validator.validate(schema_, valijson::adapters::NlohmannJsonAdapter(value), nullptr);
    }

  private:
    valijson::Schema schema_;
};

/// A message: its schema, an example as we write it, and whether our parser takes a text.
struct Message {
    std::string schema;
    json example;
    std::function<bool(const std::string&)> parses;
};

template <class T>
Message message(const std::string& schema, const std::string& written) {
    return {schema, json::parse(written), [](const std::string& text) { return T::parse(text).has_value(); }};
}

std::string envelopeBytes() {
    static const auto kiosk = crypto::SigningKey::generate();
    static const auto gateway = crypto::OpeningKey::generate();
    return wire::Envelope::make(id(), kKiosk, "{}", gateway.sealingKey(), kiosk);
}

Message envelopePayload() {
    const auto parses = [](const std::string& text) {
        static const auto kiosk = crypto::SigningKey::generate();
        return wire::Envelope::parse(
                   wire::Dsse::sign(std::string(wire::Envelope::kPayloadType), text, kKiosk, kiosk).toJson())
            .has_value();
    };
    return {"envelope.json", json::parse(wire::Dsse::parse(envelopeBytes())->payload), parses};
}

std::vector<Message> messages() {
    auto bare = status();
    bare.opened.reset();
    bare.due = bare.unit = bare.externalNumber = "";
    wire::DossierStatus bareDossier;
    bareDossier.code = "H29-260310-0420";
    bareDossier.state = wire::DossierState::Unknown;
    bareDossier.said = "Chờ ký số";
    bareDossier.asOf = kTime;
    const wire::MyDossiers mine{{dossier(), bareDossier}, "Một cửa", kTime};
    auto early = batchAnswer();
    early.taken = early.backedUp = 0;
    auto again = enrolmentRequest();
    again.succeed(crypto::SigningKey::generate());
    using namespace wire;
    return {
        message<Dsse>("dsse.json", envelopeBytes()),
        envelopePayload(),
        message<ActionBody>("action.json", textOf(action().toJson())),
        message<ActionBody>("action.json", textOf(assistedAction().toJson())),
        message<FeedbackReport>("action.feedback.report.json", textOf(report(Disclosure::Named).toJson())),
        message<FeedbackReport>("action.feedback.report.json",
                                textOf(report(Disclosure::NameHidden).toJson())),
        message<FeedbackReport>("action.feedback.report.json",
                                textOf(report(Disclosure::Anonymous).toJson())),
        message<SurveyAnswer>("action.survey.answer.json", textOf(surveyAnswer().toJson())),
        message<SurveyAnswer>("action.survey.answer.json", textOf(signedAnswer().toJson())),
        message<SurveyAnswer>("action.survey.answer.json", textOf(provenAnswer().toJson())),
        message<GuideTally>("action.guide.tally.json", textOf(guideTally().toJson())),
        message<GuideTally>("action.guide.tally.json", textOf(awayTally().toJson())),
        message<CampaignPlan>("campaign.json", campaignPlan().toJson()),
        message<Campaigns>("campaigns.json", campaigns().toJson()),
        message<WardReport>("ward-report.json", wardReport().toJson()),
        message<Rating>("action.rating.give.json", textOf(dossierRating().toJson())),
        message<Rating>("action.rating.give.json", textOf(visitRating().toJson())),
        message<Rating>("action.rating.give.json", textOf(kioskRating().toJson())),
        message<KioskFault>("action.kiosk.fault.json", textOf(kioskFault().toJson())),
        message<RightsRequest>("action.rights.request.json", textOf(rightsRequest().toJson())),
        message<MyServices>("my-services.json", myServices().toJson()),
        message<MyNotices>("my-notices.json", myNotices().toJson()),
        message<NoticesSeen>("notices-seen.json", noticesSeen().toJson()),
        message<MyDocuments>("my-documents.json", myDocuments().toJson()),
        message<MyAccount>("my-account.json", myAccount().toJson()),
        message<MyConsents>("my-consents.json", myConsents().toJson()),
        message<MyAppointments>("my-appointments.json", myAppointments().toJson()),
        message<MyRights>("my-rights.json", myRights().toJson()),
        message<AppointmentRequest>("action.appointment.request.json", textOf(appointmentRequest().toJson())),
        message<AppointmentStatus>("appointment-status.json", appointmentStatus().toJson()),
        message<TurnBoard>("turn-board.json", turnBoard().toJson()),
        message<TurnAnswer>("turn-answer.json", turnAnswer().toJson()),
        message<FeedbackFields>("feedback-fields.json", fields().toJson()),
        message<FeedbackStatus>("feedback-status.json", status().toJson()),
        message<FeedbackStatus>("feedback-status.json", bare.toJson()),
        message<DossierStatus>("dossier-status.json", dossier().toJson()),
        message<DossierStatus>("dossier-status.json", bareDossier.toJson()),
        message<MyDossiers>("my-dossiers.json", mine.toJson()),
        message<BatchAnswer>("batch-answer.json", batchAnswer().toJson()),
        message<BatchAnswer>("batch-answer.json", early.toJson()),
        message<EnrolmentRequest>("enrolment-request.json", enrolmentRequest().toJson()),
        message<EnrolmentRequest>("enrolment-request.json", again.toJson()),
        message<LogHead>("log-head.json", logHead().toJson()),
        message<LogAcknowledgement>("log-acknowledgement.json", logAcknowledgement().toJson()),
        message<SealingStatement>("sealing-keys.json", sealingStatement().toJson()),
        message<EnrolmentAnswer>("enrolment-answer.json", enrolmentAnswer().toJson())};
}

/// Every place in `value`, the whole included.
std::vector<json::json_pointer> places(const json& value) {
    std::vector<json::json_pointer> all;
    const std::function<void(const json&, const json::json_pointer&)> walk = [&](const json& v,
                                                                                 const auto& at) {
        all.push_back(at);
        if (v.is_object())
            for (const auto& [key, item] : v.items()) walk(item, at / key);
        if (v.is_array())
            for (std::size_t i = 0; i < v.size(); ++i) walk(v[i], at / i);
    };
    walk(value, json::json_pointer());
    return all;
}

/// Schemas that do not look inside: a kind's own members, answers to questions they do not know.
bool isOpaque(const Message& m, const std::string& place) {
    return (m.schema == "action.json" && place.starts_with("/fields/")) ||
           (m.schema == "action.survey.answer.json" && place.starts_with("/answers/"));
}

bool isLong(const std::string& place) {
    return place == "/payload" || place == "/sealed";
}

/// What every place is changed to. All of it is about shape, which a schema can tell.
std::vector<json> wrongValues() {
    return {nullptr,
            true,
            -1,
            0.5,
            1e30,
            "",
            "\x01",
            "Đ",
            std::string(70'000, 'A'),
            json::array(),
            json::object(),
            json::array({1})};
}

}  // namespace

TEST_CASE("schemas take what we write") {
    for (const auto& m : messages()) {
        CAPTURE(m.schema, m.example.dump());
        CHECK(m.parses(m.example.dump()));
        CHECK(Schema(m.schema).accepts(m.example));
    }
}

TEST_CASE("schema and parser agree on every change of shape") {
    for (const auto& m : messages()) {
        const Schema schema(m.schema);
        const auto agree = [&](const json& changed, const std::string& what) {
            CAPTURE(m.schema, what);
            CHECK(schema.accepts(changed) == m.parses(changed.dump()));
        };
        for (const auto& place : places(m.example)) {
            if (isOpaque(m, place.to_string())) continue;
            for (const json& wrong : wrongValues()) {
                json changed = m.example;
                changed[place] = wrong;
                agree(changed, place.to_string() + " = " + wrong.dump().substr(0, 20));
            }
            if (m.example[place].is_object()) {
                json changed = m.example;
                changed[place]["unforeseen"] = 1;
                agree(changed, place.to_string() + " + unforeseen");
            }
            if (place.empty() || !m.example[place.parent_pointer()].is_object()) continue;
            json changed = m.example;
            changed[place.parent_pointer()].erase(place.back());
            agree(changed, "- " + place.to_string());
        }
    }
}

TEST_CASE("a hostile text of any length does not exhaust the schemas' pattern engine") {
    // std::regex recurses once a character under a star: enough to end the process.
    constexpr std::size_t kHostile = 150'000;
    std::set<std::string> done;
    for (const auto& m : messages()) {
        const Schema schema(m.schema);
        for (const auto& place : places(m.example)) {
            if (!done.insert(m.schema + (place.empty() ? "" : place.back())).second) continue;
            if (!m.example[place].is_string() || isOpaque(m, place.to_string())) continue;
            for (const char fill : {'0', 'A'}) {
                json changed = m.example;
                changed[place] = m.example[place].get<std::string>() + std::string(kHostile, fill);
                CAPTURE(m.schema, place.to_string(), fill);
                CHECK(schema.accepts(changed) == isLong(place.to_string()));
            }
        }
    }
}

TEST_CASE("no parser can be upset") {
    const auto seed = std::random_device{}();
    std::cout << "wire fuzz seed " << seed << '\n';
    CAPTURE(seed);
    std::mt19937 random(seed);
    static constexpr char kPool[] = "{}[]\",:0123456789.eE+-truefalsn\\u \n\xC4\x91\xFF";
    for (const auto& m : messages()) {
        const auto whole = m.example.dump();
        for (int i = 0; i < 300; ++i) {
            auto text = whole;
            for (unsigned n = 1 + random() % 6; n > 0; --n) {
                const auto at = random() % text.size();
                switch (random() % 4) {
                    case 0:
                        text[at] = static_cast<char>(random());
                        break;
                    case 1:
                        text[at] = kPool[random() % (sizeof kPool - 1)];
                        break;
                    case 2:
                        text.erase(at, random() % 20);
                        break;
                    default:
                        text.insert(at, whole, random() % whole.size(), random() % 40);
                }
                if (text.empty()) text = " ";
            }
            (void)m.parses(text);
        }
    }
    SUCCEED("nothing thrown, nothing crashed");
}
