// What the departments send, what the catalogue declares, and what is signed of it.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "Fixed.h"
#include "Input.h"
#include "base/Files.h"
#include "catalogue/Catalogue.h"
#include "catalogue/Hours.h"
#include "catalogue/Value.h"
#include "content/WardDirectory.h"
#include "form/Asked.h"
#include "form/Guide.h"
#include "publish/EntryId.h"
#include "publish/EntryMaker.h"
#include "publish/GeoJsonSource.h"
#include "publish/GtfsSource.h"
#include "publish/GuideSource.h"
#include "publish/SurveySource.h"
#include "publish/TableSource.h"
#include "rating/Asked.h"
#include "trust/Manifest.h"
#include "trust/Root.h"

using namespace tram;

namespace {

const catalogue::Catalogue& kinds() {
    static const auto loaded = catalogue::Catalogue::load(TRAM_SHARE_DIR "/catalogue").value();
    return loaded;
}
const content::WardDirectory& wards() {
    static const auto loaded = content::WardDirectory::load(TRAM_SHARE_DIR "/content").value();
    return loaded;
}

void kind(std::string_view text) {
    const auto read = catalogue::Kind::parse(text);
    if (!read) return;
    for (const auto& name : read->line) must(read->field(name), "a list shows fields that are there");
    for (const auto& name : read->filters)
        must(read->field(name)->type == catalogue::FieldType::Choice, "a filter chooses");
}

void hours(std::string_view text) {
    const auto read = catalogue::Hours::parse(text);
    if (!read) return;
    for (const auto& day : read->week)
        for (std::size_t at = 0; at < day.size(); ++at) {
            must(day[at].from < day[at].to && day[at].to <= 24 * 60, "a span lies in its day");
            must(at == 0 || day[at - 1].to <= day[at].from, "spans are in order");
        }
}

void value(catalogue::FieldType type, std::string_view cell) {
    catalogue::Field field;
    field.type = type;
    field.choices = {{"a", {"A", "A"}}};
    if (const auto read = catalogue::readValue(field, cell))
        must(catalogue::isValue(field, *read), "what was read is a value");
}

/// Rows become whole entries, or somebody is told.
void table(const catalogue::Kind& kind, std::string_view csv) {
    publish::Faults faults;
    const auto table = publish::readTable(csv, "f", faults);
    publish::EntryMaker maker(kind, wards());
    maker.checkColumns(table.columns, "f", faults);
    for (const auto& row : table.rows) {
        const auto before = faults.size();
        const auto entry = maker.make(row, "f", faults);
        must(entry || faults.size() > before || before == publish::kMaxFaults, "a refusal is told");
        if (!entry) continue;
        const auto fields = nlohmann::json::parse(entry->fields);
        for (const auto& [name, held] : fields.items()) {
            const auto* field = kind.field(name);
            must(field && catalogue::isValue(*field, held), "an entry holds values of its kind");
        }
    }
    must(faults.size() <= publish::kMaxFaults, "no more faults than a person reads");
}

/// Of a sound feed one file is anything.
void feed(unsigned which, std::string_view text) {
    std::map<std::string, std::string> files = {
        {"agency.txt", "agency_name\nX\n"},
        {"stops.txt", "stop_id,stop_name,stop_lat,stop_lon\na,A,10.7,106.7\nb,B,10.8,106.8\n"},
        {"routes.txt", "route_id,route_short_name\nr,1\n"},
        {"trips.txt", "route_id,service_id,trip_id\nr,s,t\n"},
        {"stop_times.txt", "trip_id,departure_time,stop_id,stop_sequence\nt,05:00:00,a,1\nt,,b,2\n"},
        {"calendar_dates.txt", "service_id,date,exception_type\ns,20261129,1\n"},
        {"calendar.txt", ""},
        {"frequencies.txt", ""},
        {"fare_attributes.txt", ""},
        {"fare_rules.txt", ""}};
    auto changed = std::next(files.begin(), which % files.size());
    changed->second = text;
    const publish::GtfsFiles read = [&](const std::string& name) -> base::Result<std::string> {
        const auto found = files.find(name);
        if (found == files.end() || found->second.empty()) return base::fail(base::ProblemKind::FileMissing);
        return found->second;
    };
    publish::Faults faults;
    const auto tables = publish::readGtfs(read, "f", "{short} {long}", {}, faults);
    if (!tables || !faults.empty()) return;
    for (const auto& row : tables->routes.rows)
        must(publish::isEntryId(row.at("id")), "a route has an id that an entry may have");
    for (const auto& row : tables->stops.rows)
        must(row.number > 1 && publish::isEntryId(row.at("id")), "a stop has a line and an id");
}

/// What is taken for an area is one to the pack as well.
void areas(std::string_view json) {
    publish::Faults faults;
    for (const auto& row : publish::readGeoJson(json, "f", faults).rows) {
        if (row.area.empty()) continue;
        const auto bytes = pack::toBytes(row.area);
        const auto again = pack::areaFromBytes(bytes);
        must(again && pack::toBytes(*again) == bytes, "an area survives its bytes");
        const auto box = pack::boxOf(row.area);
        must(box && !row.area.contains({box->north + 1, box->west}), "an area lies in its box");
    }
}

void areaBytes(std::string_view bytes) {
    const auto read = pack::areaFromBytes(bytes);
    if (read) must(pack::toBytes(*read) == bytes, "there is one way to write an area");
}

void surveyForm(std::string_view text) {
    std::vector<form::Fault> faults;
    const auto read = form::Form::parse(text, faults);
    must(read.has_value() == faults.empty(), "a refusal is told");
    const auto lines = static_cast<int>(std::count(text.begin(), text.end(), '\n')) + 1;
    for (const auto& fault : faults) must(fault.line >= 1 && fault.line <= lines, "a fault has a line");
    if (!read) return;
    must(read->questions().size() <= form::Form::kMaxQuestions, "a form has an end");
    for (const auto* question : form::visible(*read, {}))
        must(read->question(question->id) == question, "what is asked is a question");
}

void survey(std::string_view text) {
    publish::Faults faults;
    const auto table = publish::readSurvey(text, "f", faults);
    must(!faults.empty() || table.rows.size() == 1, "a survey is an entry, or somebody is told");
    if (!table.rows.empty())
        must(form::Form::parse(table.rows[0].at("form")).has_value(), "its form is one, or one stands in");
}

/// Whoever goes on by itself gets to the end, on each phone, and meets nothing that was not told.
void guideForm(std::string_view text) {
    std::vector<form::Fault> faults;
    const auto read = form::Guide::parse(text, faults);
    must(read.has_value() == faults.empty(), "a refusal is told");
    const auto lines = static_cast<int>(std::count(text.begin(), text.end(), '\n')) + 1;
    for (const auto& fault : faults) must(fault.line >= 1 && fault.line <= lines, "a fault has a line");
    if (!read) return;
    must(read->steps.size() <= form::Guide::kMaxSteps, "a guide has an end");
    for (const auto platform : read->platforms()) {
        must(read->first(platform) != nullptr, "there is a first step");
        for (const auto& step : read->steps) {
            const auto link = read->linkOf(step, platform);
            must(link.empty() || wire::isHttpsLink(link), "a link is https");
        }
    }
}

void reasons(std::string_view text) {
    using About = wire::Rating::About;
    const auto asked = rating::Asked::parse(text);
    if (!asked) return;
    for (const auto about : {About::Dossier, About::Visit, About::Kiosk})
        for (int stars = 1; stars <= wire::Rating::kMostStars; ++stars)
            must(asked->of(about, stars).size() <= wire::Rating::kMostReasons,
                 "no more than a rating may carry");
}

void guide(std::string_view text) {
    publish::Faults faults;
    const auto table = publish::readGuide(text, "f", wire::usualLinkHosts(), faults);
    must(!faults.empty() || table.rows.size() == 1, "a guide is an entry, or somebody is told");
    if (table.rows.empty()) return;
    const auto read = form::Guide::parse(table.rows[0].at("guide"));
    must(read && form::offList(*read, "", wire::usualLinkHosts()).empty(), "it leads to no other host");
}

/// What is read of answers is what would be sent of them.
void answers(std::string_view text) {
    static const auto asked = [] {
        publish::Faults faults;
        const auto table = publish::readSurvey(
            base::readFile(TRAM_SHARE_DIR "/demo/city/survey_service.json").value(), "f", faults);
        return form::Form::parse(table.rows.at(0).at("form")).value();
    }();
    const auto read = form::Answers::parse(asked, text);
    if (!read) return;
    const auto sent = read->toJson(asked);
    const auto again = form::Answers::parse(asked, sent.reveal());
    must(again && again->toJson(asked).reveal() == sent.reveal(), "answers survive their text");
    must(again->size() == read->size(), "nothing that was read is hidden");
    for (const auto& issue : form::issues(asked, *read))
        must(asked.question(issue.question), "an issue is of a question");
}

template <class Document>
void document(std::string_view text) {
    if (const auto read = Document::parse(text)) {
        const auto again = Document::parse(read->toJson());
        must(again && again->toJson() == read->toJson(), "a document survives its text");
    }
}

/// Nothing that was changed after it was signed counts as signed.
void cosigned(Input& input) {
    static const auto whole = [] {
        wire::Cosigned document{std::string(trust::Manifest::kPayloadType), "{}", {}};
        document.sign(fixed::signing());
        return document.toJson();
    }();
    const auto read = wire::Cosigned::parse(damaged(whole, input));
    if (!read || read->signers({fixed::signing().verifyKey()}) == 0) return;
    must(read->payload == "{}" && read->payloadType == trust::Manifest::kPayloadType,
         "only what was signed counts as signed");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(16)) {
        case 0:
            kind(input.rest());
            break;
        case 1:
            hours(input.rest());
            break;
        case 2: {
            const auto type = static_cast<catalogue::FieldType>(input.choose(12));
            value(type, input.rest());
            break;
        }
        case 3: {
            const auto& all = kinds().kinds();
            const auto& chosen = all[input.choose(static_cast<unsigned>(all.size()))];
            table(chosen, input.rest());
            break;
        }
        case 4:
            document<trust::Root>(input.rest());
            break;
        case 5:
            document<trust::Manifest>(input.rest());
            break;
        case 6:
            cosigned(input);
            break;
        case 7: {
            const auto which = input.byte();
            feed(which, input.rest());
            break;
        }
        case 8:
            areas(input.rest());
            break;
        case 9:
            areaBytes(input.rest());
            break;
        case 10:
            surveyForm(input.rest());
            break;
        case 11:
            survey(input.rest());
            break;
        case 12:
            answers(input.rest());
            break;
        case 13:
            guideForm(input.rest());
            break;
        case 14:
            guide(input.rest());
            break;
        case 15:
            reasons(input.rest());
            break;
    }
    return 0;
}
