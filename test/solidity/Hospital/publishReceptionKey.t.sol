// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {Ward} from "../support/Ward.sol";

contract PublishReceptionKeyTest is Ward {
    bytes32 private constant NEW_KEY = keccak256("new key");

    function testFuzz_P06_is_refused_to_everybody_but_an_admin(address caller) external {
        caller = _notAdmin(caller);
        _expectOnlyAdmin(caller);
        hospital.publishReceptionKey(NEW_KEY);
    }

    function test_P07_is_refused_to_the_admin_of_another_hospital() external {
        _expectOnlyAdmin(OTHER_ADMIN);
        hospital.publishReceptionKey(NEW_KEY);
    }

    function test_is_refused_without_a_key() external {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_EmptyKey.selector));
        _publish(0);
        vm.assertEq(hospital.receptionKey(), KEY);
    }

    function testFuzz_P07_replaces_the_key_of_this_hospital_alone(bytes32 key) external {
        if (key == 0) key = NEW_KEY;
        _publish(key);
        vm.assertEq(hospital.receptionKey(), key);
        vm.assertEq(other.receptionKey(), KEY);
    }

    function test_P52_announces_the_key() external {
        vm.expectEmit(address(hospital));
        emit IHospital.ReceptionKeyPublished(NEW_KEY);
        _publish(NEW_KEY);
    }

    function _publish(bytes32 key) private {
        vm.prank(admin);
        hospital.publishReceptionKey(key);
    }
}
