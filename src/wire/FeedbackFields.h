#pragma once
#include <string>
#include <vector>

#include "base/Result.h"
#include "wire/Bilingual.h"

namespace tram::wire {

/// 1022's groups of fields and the ready sentences of each; data from the gateway, signed (DSSE) and cached.
/// resources/api/schemas/feedback-fields.json
struct FeedbackField {
    std::string id;    ///< "cap-thoat-nuoc"
    std::string icon;  ///< a Material Icons ligature
    Bilingual label, hint;
    std::vector<Bilingual> sentences;
};

struct FeedbackFields {
    static constexpr std::string_view kPayloadType = "application/vnd.tram.feedback-fields+json";
    int version = 0;
    std::string publishedAt;
    std::string source;
    bool anonymousAllowed = false;  ///< whether the connector takes reports without a name
    int minCharacters = 10, maxCharacters = 2000, maxPictures = 5;
    std::vector<FeedbackField> fields;

    std::string toJson() const;
    static base::Result<FeedbackFields> parse(std::string_view json);
};

}  // namespace tram::wire
