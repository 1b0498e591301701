#include "assist/ReportDraft.h"

#include <nlohmann/json.hpp>

#include "wire/Json.h"
#include "wire/Members.h"
#include "wire/Scrub.h"

namespace tram::assist {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxText = 64 * 1024, kMaxLine = 2048, kMaxName = 512;
constexpr std::size_t kMostPictures = 16, kMaxPicture = 4u << 20;

bool isDisclosureOrNone(std::string_view text) {
    return text.empty() || wire::disclosureFrom(text);
}

feedback::DraftPicture readPicture(const json& value, wire::Members& parent) {
    wire::Members members(value);
    feedback::DraftPicture picture;
    picture.jpeg = base::SecretBytes(members.base64("jpeg", 1, kMaxPicture));
    picture.thumbnail = base::SecretBytes(members.base64("thumbnail", 1, kMaxPicture));
    parent.adopt(members.finish());
    return picture;
}

}  // namespace

base::SecretText toText(const feedback::Draft& draft) {
    wire::ScrubbedJson body(
        json{{"v", 1},
             {"field", draft.fieldId},
             {"text", draft.text.reveal()},
             {"ward", draft.wardCode},
             {"address", draft.address.reveal()},
             {"landmark", draft.landmark.reveal()},
             {"disclosure", draft.disclosure ? std::string(name(*draft.disclosure)) : std::string()},
             {"name", draft.name.reveal()},
             {"phone", draft.phone.reveal()},
             {"email", draft.email.reveal()},
             {"pictures", json::array()}});
    for (const auto& picture : draft.pictures)
        body.value["pictures"].push_back({{"jpeg", crypto::toBase64(picture.jpeg.reveal())},
                                          {"thumbnail", crypto::toBase64(picture.thumbnail.reveal())}});
    return base::SecretText(wire::dumpJson(body.value));
}

base::Result<feedback::Draft> draftFrom(std::string_view text) {
    auto parsed = wire::parseJson(text, AssistedDrafts::kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    const wire::ScrubbedJson body(std::move(*parsed));
    wire::Members members(body.value);
    members.version(1);
    feedback::Draft draft;
    draft.fieldId = members.text("field", 64);
    draft.text = members.prose("text", kMaxText);
    draft.wardCode = members.text("ward", 16);
    draft.address = members.secret("address", kMaxLine);
    draft.landmark = members.secret("landmark", kMaxLine);
    draft.disclosure = wire::disclosureFrom(members.text("disclosure", 16, isDisclosureOrNone));
    draft.name = members.secret("name", kMaxName);
    draft.phone = members.secret("phone", kMaxName);
    draft.email = members.secret("email", kMaxName);
    for (const json& item : members.array("pictures", 0, kMostPictures))
        draft.pictures.push_back(readPicture(item, members));
    return members.finish().map([&] { return std::move(draft); });
}

}  // namespace tram::assist
