#include "wire/SurveyAnswer.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "wire/Json.h"
#include "wire/Members.h"
#include "wire/Scrub.h"

namespace tram::wire {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxName = 512;

template <std::size_t Size>
bool isBytes(std::string_view text) {
    const auto bytes = crypto::fromBase64Url(text);
    return bytes && bytes->size() == Size;
}

void readPerson(Members& members, SurveyAnswer& answer) {
    if (!members.has("person")) return;
    Members person(members.object("person"));
    answer.subject = person.secret("subject", 43, isBytes<32>);
    answer.name = person.secret("name", kMaxName, isNotEmpty);
    members.adopt(person.finish());
    if (!answer.proof.empty()) members.refuse("person");
}

}  // namespace

base::SecretText SurveyAnswer::toJson() const {
    auto answers = parseJson(answersJson.reveal(), SurveyAnswer::kMaxBytes);
    if (!answers || !answers->is_object()) throw std::logic_error("SurveyAnswer: answersJson is no object");
    ScrubbedJson body(json{{"v", 1},
                           {"survey", survey},
                           {"form", formHash},
                           {"language", language},
                           {"token", token.reveal()},
                           {"answers", std::move(*answers)}});
    if (!proof.empty()) body.value["proof"] = proof.reveal();
    if (!subject.empty()) body.value["person"] = {{"subject", subject.reveal()}, {"name", name.reveal()}};
    return base::SecretText(dumpJson(body.value));
}

base::Result<SurveyAnswer> SurveyAnswer::parse(std::string_view text) {
    auto parsed = parseJson(text, SurveyAnswer::kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    const ScrubbedJson body(std::move(*parsed));
    Members members(body.value);
    members.version(1);
    SurveyAnswer answer;
    answer.survey = members.text("survey", kLongestEntryId, isEntryId);
    answer.formHash = members.text("form", 64, isSha256Hex);
    answer.language = members.text("language", 2, isLanguage);
    answer.token = members.secret("token", 22, isBytes<16>);
    if (members.has("proof")) answer.proof = members.secret("proof", 86, isBytes<64>);
    readPerson(members, answer);
    answer.answersJson = base::SecretText(dumpJson(members.object("answers")));
    return members.finish().map([&] { return std::move(answer); });
}

}  // namespace tram::wire
