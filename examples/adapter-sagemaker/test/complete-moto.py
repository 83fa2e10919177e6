"""Runs the server of moto with what it lacks of the model registry, as the API reference of SageMaker has it.

AWS cannot be asked by a test, so this is our reading of its documentation, and no proof of what AWS does.
"""

from itertools import count
from threading import Lock

from moto.core.responses import ActionResult
from moto.sagemaker import models
from moto.sagemaker.exceptions import AWSValidationException
from moto.sagemaker.responses import SageMakerResponse
from moto.server import main

backend = models.SageMakerModelBackend
create_moto_group = backend.create_model_package_group
create_moto_package = models.ModelPackage.__init__
call_moto_action = SageMakerResponse.call_action
numbers = {}
lock = Lock()


def create_package(self, **given):
    """A number is given once, also when the version that had it was deleted; a version has no tags of its own."""
    group = given["model_package_group_name"]
    if group and given["tags"]:
        raise AWSValidationException("You cannot supply a tag argument for a versioned model package.")
    if group:
        given["model_package_version"] = next(numbers.setdefault(group, count(1)))
    create_moto_package(self, **given)


def create_model_package_group(self, model_package_group_name, *args, **named):
    """A name is taken once, whatever its case: ARNs have it in small letters."""
    taken = {name.lower() for name in self.model_package_groups}
    if model_package_group_name.lower() in taken:
        raise AWSValidationException(f"Model Package Group already exists: {model_package_group_name}")
    return create_moto_group(self, model_package_group_name, *args, **named)


def update_model_package(
    self,
    model_package_arn,
    model_approval_status,
    approval_description,
    customer_metadata_properties,
    customer_metadata_properties_to_remove,
    additional_inference_specifications_to_add,
):
    """What is left out stays as it is."""
    package = self.describe_model_package(model_package_arn)
    if model_approval_status is not None:
        package.set_model_approval_status(model_approval_status)
    if approval_description is not None:
        package.approval_description = approval_description
    properties = {**(package.customer_metadata_properties or {}), **(customer_metadata_properties or {})}
    for key in customer_metadata_properties_to_remove or []:
        properties.pop(key, None)
    package.customer_metadata_properties = properties
    package.modifications_done()
    return package.arn


def add_tags(self, arn, tags):
    """A key is there once."""
    resource = self._get_resource_from_arn(arn)
    merged = {tag["Key"]: tag for tag in [*resource.tags, *tags]}
    resource.tags = list(merged.values())
    return resource.tags


def delete_model_package(self):
    package = self.sagemaker_backend.describe_model_package(self._get_param("ModelPackageName"))
    del self.sagemaker_backend.model_packages[package.arn]
    return ActionResult({})


def delete_model_package_group(self):
    """Empty groups only."""
    moto = self.sagemaker_backend
    group = moto.describe_model_package_group(self._get_param("ModelPackageGroupName"))
    name = group.model_package_group_name
    if any(package.model_package_group_name == name for package in moto.model_packages.values()):
        raise AWSValidationException(f"Model Package Group {group.arn} has model packages.")
    del moto.model_package_groups[name]
    return ActionResult({})


def call_action(self):
    """The server has a thread for each request, and lists fail while others write."""
    with lock:
        return call_moto_action(self)


for completed in (create_model_package_group, update_model_package, add_tags):
    setattr(backend, completed.__name__, completed)
for added in (delete_model_package, delete_model_package_group, call_action):
    setattr(SageMakerResponse, added.__name__, added)
models.ModelPackage.__init__ = create_package

main()
