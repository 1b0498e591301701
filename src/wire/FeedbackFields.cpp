#include "wire/FeedbackFields.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::wire {
namespace {

using base::Result;
using nlohmann::json;

constexpr std::size_t kMaxDocument = 1u << 20, kMaxFields = 100, kMaxSentences = 40;

json toJsonValue(const FeedbackField& field) {
    json value = {{"id", field.id},
                  {"icon", field.icon},
                  {"label", toJsonValue(field.label)},
                  {"hint", toJsonValue(field.hint)},
                  {"sentences", json::array()}};
    for (const auto& sentence : field.sentences) value["sentences"].push_back(toJsonValue(sentence));
    return value;
}

FeedbackField readField(const json& value, Members& parent) {
    Members members(value);
    FeedbackField field;
    field.id = members.text("id", 64, isSlug);
    field.icon = members.text("icon", 64, isIcon);
    field.label = readBilingual(members.object("label"), members);
    field.hint = readBilingual(members.object("hint"), members);
    for (const json& sentence : members.array("sentences", 0, kMaxSentences))
        field.sentences.push_back(readBilingual(sentence, members));
    parent.adopt(members.finish());
    return field;
}

void readFields(Members& members, FeedbackFields& out) {
    for (const json& item : members.array("fields", 1, kMaxFields)) {
        auto field = readField(item, members);
        if (std::ranges::find(out.fields, field.id, &FeedbackField::id) != out.fields.end())
            members.refuse("id");
        out.fields.push_back(std::move(field));
    }
}

}  // namespace

std::string FeedbackFields::toJson() const {
    json document = {{"v", 1},
                     {"version", version},
                     {"published_at", publishedAt},
                     {"source", source},
                     {"anonymous_allowed", anonymousAllowed},
                     {"min_characters", minCharacters},
                     {"max_characters", maxCharacters},
                     {"max_pictures", maxPictures},
                     {"fields", json::array()}};
    for (const auto& field : fields) document["fields"].push_back(toJsonValue(field));
    return dumpJson(document);
}

Result<FeedbackFields> FeedbackFields::parse(std::string_view text) {
    const auto parsed = parseJson(text, kMaxDocument);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    members.version(1);
    FeedbackFields out;
    out.version = static_cast<int>(members.integer("version", 1, INT32_MAX));
    out.publishedAt = members.text("published_at", 40, isRfc3339);
    out.source = members.text("source", 256, isNotEmpty);
    out.anonymousAllowed = members.flag("anonymous_allowed");
    out.minCharacters = static_cast<int>(members.integer("min_characters", 1, 200));
    out.maxCharacters = static_cast<int>(members.integer("max_characters", 200, 10'000));
    out.maxPictures = static_cast<int>(members.integer("max_pictures", 0, 16));
    readFields(members, out);
    return members.finish().map([&] { return std::move(out); });
}

}  // namespace tram::wire
