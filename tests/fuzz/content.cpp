// What the departments send, what the catalogue declares, and what is signed of it.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "Fixed.h"
#include "Input.h"
#include "catalogue/Catalogue.h"
#include "catalogue/Hours.h"
#include "catalogue/Value.h"
#include "content/WardDirectory.h"
#include "publish/EntryMaker.h"
#include "publish/TableSource.h"
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
    switch (input.choose(7)) {
        case 0:
            kind(input.rest());
            break;
        case 1:
            hours(input.rest());
            break;
        case 2: {
            const auto type = static_cast<catalogue::FieldType>(input.choose(10));
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
    }
    return 0;
}
