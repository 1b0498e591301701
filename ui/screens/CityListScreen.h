#pragma once
#include <map>

#include "ui/screens/CityParts.h"

namespace tram::screens {

/// All of a kind: the nearest first where place matters, narrowed by its filters, by ward, by what is typed.
class CityListScreen final : public Screen {
  public:
    CityListScreen(Host& host, std::string kind, const std::string& typed = {});
    std::string name() const override;
    Page render() override;

  private:
    enum class State { Nothing, TooOld, None, Listed };
    State state() const;
    void load();
    void find();
    pack::ListQuery query() const;
    bool narrowed() const;
    void choose(const std::string& field, const std::string& value);
    void chooseWard();
    kit::ViewRef chip(const std::string& id, const std::string& label, bool selected,
                      kit::Action onPress) const;
    kit::Views chipsOf(const catalogue::Field& field);
    bool folds() const;
    kit::Views filters();
    kit::ViewRef countLine() const;
    kit::Views found();
    std::vector<kit::ButtonOptions> turnButton();
    Page tooOld();

    Host& host_;
    CityRef city_;
    const catalogue::Kind* kind_;
    std::shared_ptr<kit::TextEdit> search_;
    std::map<std::string, std::string> chosen_;  ///< field → value
    bool unfolded_ = false;                      ///< filters, where letters are large
    bool onlyHere_ = false;                      ///< this station's ward
    std::size_t pages_ = 1;
    content::City::Listing all_, listing_;  ///< narrowed by what is chosen; and by what is typed
};

}  // namespace tram::screens
